//! Every claim of every lesson is run; every answer is one; links work in any order; what is no lesson is refused.

use super::scenes::{SCENES, Scene, TOUR};
use super::*;
use crate::engine::rng::stream;
use crate::trial::Recipe;
use rand::RngExt as _;

#[test]
fn every_claim_of_every_lesson_holds() {
    let lessons = built_in();
    assert!(lessons.len() >= 12);
    for lesson in &lessons {
        assert!(
            lesson.problems().is_empty(),
            "{}: {:#?}",
            lesson.id,
            lesson.problems()
        );
    }
}

/// Scenes are run like the links of a lesson that sets out from the example.
#[test]
fn every_claim_of_every_scene_holds() {
    let link = |scene: &Scene| Span::Do {
        text: scene.title.to_owned(),
        script: scene.script(),
    };
    let all = Lesson {
        id: "scenes".to_owned(),
        title: String::new(),
        question: String::new(),
        minutes: 1,
        start: Script::default(),
        blocks: vec![Block::Text(SCENES.iter().map(link).collect())],
        pictures: Vec::new(),
    };
    assert_eq!(all.problems(), Vec::<String>::new());
    assert_eq!(SCENES[0].recipe(), Ok(Recipe::default()));
    for scene in SCENES.iter().chain(&TOUR) {
        let name = scene.name;
        assert!(
            scene.sentence.ends_with('.') && scene.sentence.len() <= 150,
            "{name}"
        );
        assert!(scene.recipe().is_ok(), "{name}");
    }
    for scene in &SCENES {
        assert!(scene.script().expected().next().is_some(), "{}", scene.name);
    }
}

#[test]
fn a_claim_that_does_not_hold_is_found() {
    let wrong = LESSON.replace("final_overlap above 0.5", "final_overlap below 0.5");
    let wrong = wrong.replace("cue.flip=0.4", "cue.flip=0.05");
    let problems = Lesson::parse("t", &wrong).unwrap().problems();
    assert_eq!(problems.len(), 3, "{problems:?}");
    assert!(problems[0].starts_with("link 1: final_overlap below 0.5 does not hold"));
    assert!(problems[1].starts_with("the answer of 'Do it.': cue.flip above 0.1"));
}

#[test]
fn pages_for_students_have_room_and_those_for_teachers_answers() {
    for lesson in built_in() {
        let pages = [Reader::Student, Reader::Teacher].map(|reader| lesson.html(reader));
        let why = lesson
            .questions()
            .next()
            .unwrap()
            .why
            .replace('"', "&quot;");
        let has = pages.each_ref().map(|page| page.contains(&*why));
        assert_eq!(has, [false, true], "{}", lesson.id);
        assert!(pages[0].contains("class=\"room\""));
        assert!(
            !pages[0].contains("<code>"),
            "{}: a formula is no TeX",
            lesson.id
        );
    }
}

#[test]
fn a_class_has_fifty_minutes_and_a_sheet_for_each_side() {
    let lessons = class();
    let minutes: u32 = lessons.iter().map(|lesson| lesson.minutes).sum();
    assert!((40..=47).contains(&minutes), "{minutes}");
    let [student, teacher] =
        [Reader::Student, Reader::Teacher].map(|reader| class_page(&lessons, reader));
    assert!(teacher.contains("<b>Energy, and why it falls</b>, minutes 5 to 13"));
    assert!(!student.contains("minutes 5 to 13") && student.contains("class=\"room\""));
    assert_eq!(student.matches("<!doctype").count(), 1);
}

/// What has a name and more behind it is told by its name.
#[test]
fn is_and_is_not_are_opposites() {
    let recipe = Recipe::default();
    let holds = |text: &str| Condition::parse(text).unwrap().holds(&recipe, &[]);
    assert_eq!(holds("cue.start is stored"), Ok(true));
    assert_eq!(holds("cue.start is not stored"), Ok(false));
    assert_eq!(holds("cue.start is not unseen"), Ok(true));
}

#[test]
fn every_lesson_has_what_one_has() {
    let lessons = built_in();
    for lesson in &lessons {
        let id = &lesson.id;
        assert!((3..=20).contains(&lesson.minutes), "{id}");
        assert!(lesson.question.ends_with('?'), "{id}");
        assert!(lesson.scripts().count() >= 3, "{id}");
        assert!(lesson.questions().count() >= 1, "{id}");
        let claims = lesson.scripts().filter(|it| it.expected().next().is_some());
        assert!(claims.count() >= 2, "{id} claims nothing");
        for question in lesson.questions() {
            let said = [&question.ask, &question.hint, &question.why];
            assert!(said.iter().all(|said| said.ends_with('.')), "{id}");
        }
    }
    let mut ids: Vec<&str> = lessons.iter().map(|lesson| &*lesson.id).collect();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), lessons.len());
}

#[test]
fn links_in_a_thousand_random_orders_are_the_same_links() {
    let lessons = built_in();
    let mut rng = stream(8, "links");
    let links: Vec<(&Lesson, &Script)> = lessons
        .iter()
        .flat_map(|lesson| lesson.scripts().map(move |script| (lesson, script)))
        .collect();
    let first: Vec<Recipe> = links
        .iter()
        .map(|(lesson, script)| lesson.asked(script).unwrap())
        .collect();
    for _ in 0..1000 {
        let link = rng.random_range(0..links.len());
        let (lesson, script) = links[link];
        assert_eq!(lesson.asked(script).as_ref(), Ok(&first[link]));
    }
}

const LESSON: &str = "---
title: T
question: Q?
minutes: 5
start: set world=glyphs; set rule=hebb
---

A **bold** word, $m = 1$ and [a link](<do: set cue.flip=0.1; settle; expect final_overlap above 0.5>).

$$E = 0$$

## Next

- one [page](https://arxiv.org)

```question
ask: Do it.
holds: cue.flip above 0.1 and verdict_is is not original
hint: Try.
answer: set cue.flip=0.4; settle
why: Because.
```
";

#[test]
fn a_lesson_is_read_as_it_is_written() {
    let lesson = Lesson::parse("t", LESSON).unwrap();
    assert_eq!((&*lesson.title, lesson.minutes), ("T", 5));
    let Block::Text(spans) = &lesson.blocks[0] else {
        panic!("{:?}", lesson.blocks);
    };
    assert_eq!(spans[0], Span::Text("A ".to_owned()));
    assert_eq!(spans[1], Span::Strong("bold".to_owned()));
    assert_eq!(spans[3], Span::Formula("m = 1".to_owned()));
    assert!(
        matches!(&spans[5], Span::Do { text, script } if text == "a link" && script.0.len() == 3)
    );
    assert_eq!(lesson.blocks[1], Block::Formula("E = 0".to_owned()));
    assert_eq!(lesson.blocks[2], Block::Heading("Next".to_owned()));
    let Block::Item(spans) = &lesson.blocks[3] else {
        panic!("{:?}", lesson.blocks);
    };
    assert!(matches!(&spans[1], Span::Page { address, .. } if address == "https://arxiv.org"));
    let question = lesson.questions().next().unwrap();
    let holds: Vec<String> = question.holds.iter().map(ToString::to_string).collect();
    assert_eq!(holds, ["cue.flip above 0.1", "verdict_is is not original"]);
    assert!(Lesson::is_one(LESSON.as_bytes()) && !Lesson::is_one(b"# Title"));
}

#[test]
fn what_is_no_lesson_is_refused_by_its_place() {
    for (from, to, said) in [
        ("title: T", "name: T", "one of which is title"),
        (
            "minutes: 5",
            "minutes: five",
            "minutes must be a whole number",
        ),
        (
            "settle; expect",
            "setle; expect",
            "the link 'a link': there is no act 'setle'",
        ),
        (
            "final_overlap above",
            "final above",
            "there is no fact 'final'",
        ),
        (
            "holds: cue.flip above 0.1",
            "holds: cue.flip",
            "has no comparison",
        ),
        ("why: Because.", "", "why is missing"),
        (
            "```question",
            "```rust",
            "a fenced block of a lesson is called question",
        ),
        (
            "start: set world=glyphs",
            "start: sit world=glyphs",
            "start: there is no act",
        ),
    ] {
        let refused = Lesson::parse("t", &LESSON.replacen(from, to, 1));
        let refused = refused.map_err(|why| why.to_string());
        let why = refused.expect_err(from);
        assert!(why.contains(said), "{from}: {why}");
    }
    let wrong = Lesson::parse("t", &LESSON.replace("cue.flip=0.1", "cue.flap=0.1")).unwrap();
    let script = wrong.scripts().next().unwrap();
    assert!(script.recipe(&Recipe::default()).is_err());
}
