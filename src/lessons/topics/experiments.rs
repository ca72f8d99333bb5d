//! The cards of the lab, and the lesson itself.

use super::{Topic, TopicId};
use crate::engine::learning::{Shows, Symbol};

pub(super) const TOPICS: [Topic; 5] = [
    Topic {
        id: TopicId::Experiment,
        title: "Experiment",
        shows: "A question that is asked of many memories: which quantity is varied, which rules are compared, which world \
                patterns are from, and how often each point is repeated.",
        formula: r"n = n_{\mathrm{values}} \, n_{\mathrm{curves}}",
        symbols: &[Symbol::new(
            "n",
            "number of points: of values along the axis times curves",
            Shows::Nothing,
        )],
        notice: "Every rule meets the same patterns and the same noise, so that curves can be compared point by point. More \
                 repeats make error bars shorter, by the square root of their number.",
        source: "",
        lesson: Some("pseudo-likelihood"),
    },
    Topic {
        id: TopicId::Curves,
        title: "Curves",
        shows: "The answer: the mean over many memories and cues, with its error bar, against what is varied. Dashed is what \
                theory says of large networks.",
        formula: r"\bar{y} \pm \frac{\sigma}{\sqrt{n}}",
        symbols: &[
            Symbol::new(r"\bar{y}", "mean at a point", Shows::Nothing),
            Symbol::new(
                r"\sigma",
                "standard deviation between repeats",
                Shows::Nothing,
            ),
            Symbol::new("n", "number of repeats", Shows::Nothing),
        ],
        notice: "Where an error bar does not reach theory, the network is too small or the theory asks something else. A \
                 click on a point opens one of its networks in Recall.",
        source: "",
        lesson: Some("heat"),
    },
    Topic {
        id: TopicId::Readings,
        title: "Readings",
        shows: "What is read off each curve, such as where it crosses a level, with its standard error.",
        formula: r"\sigma^2 = \frac{n - 1}{n} \sum_k (x_k - \bar{x})^2",
        symbols: &[
            Symbol::new(
                r"\sigma",
                "standard error of a reading, by the jackknife",
                Shows::Nothing,
            ),
            Symbol::new("n", "number of blocks of repeats", Shows::Nothing),
            Symbol::new("x_k", "the same reading without block k", Shows::Nothing),
            Symbol::new(r"\bar{x}", "mean of these", Shows::Nothing),
        ],
        notice: "Two readings differ for sure only where they are further apart than a few of their standard errors.",
        source: "Efron, The Jackknife, the Bootstrap and Other Resampling Plans (1982)",
        lesson: Some("capacity"),
    },
    Topic {
        id: TopicId::Words,
        title: "What it says",
        shows: "A sentence for every curve whose points are all there, what theory draws dashed, and the runs that can be \
                shown again or laid over one another.",
        formula: "",
        symbols: &[],
        notice: "The command line at the foot gives the same rows, on any machine: one seed decides everything random.",
        source: "",
        lesson: None,
    },
    Topic {
        id: TopicId::Lesson,
        title: "Lesson",
        shows: "Text whose links act on the window, and questions that are answered by what the window shows: any state of \
                your own that fulfils what is asked counts.",
        formula: "",
        symbols: &[],
        notice: "Links work in any order, since each sets out from the state of the lesson. Put everything back takes all of \
                 it away in one step.",
        source: "",
        lesson: None,
    },
];
