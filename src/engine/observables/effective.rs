//! How many take part: the effective number of shares, exp of their entropy.

/// exp(−Σ p ln p) over the sizes of `shares`, taken as parts of their sum: 1 if one has all, n if n have the same;
/// 0 if there is nothing to share.
pub fn effective_number(shares: &[f32]) -> f64 {
    let size = |share: &f32| f64::from(share.abs());
    let sum: f64 = shares.iter().map(size).sum();
    if sum == 0.0 {
        return 0.0;
    }
    let parts = shares.iter().map(|share| size(share) / sum);
    let entropy: f64 = parts
        .filter(|part| *part > 0.0)
        .map(|part| -part * part.ln())
        .sum();
    entropy.exp()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_two_and_none() {
        assert_eq!(effective_number(&[0.0, -0.7, 0.0]), 1.0);
        assert!((effective_number(&[0.5, -0.5, 0.0]) - 2.0).abs() < 1e-12);
        assert_eq!(effective_number(&[0.0; 3]), 0.0);
    }
}
