//! Small symmetric matrices: eigenvalues, by which an uncertain optimum is turned into draws.

use std::array::from_fn;

use super::minimise::Point;

/// A symmetric matrix of four rows.
pub type Symmetric = [Point; 4];

/// An element; zero outside.
fn at(matrix: &Symmetric, row: usize, column: usize) -> f64 {
    matrix
        .get(row)
        .and_then(|r| r.get(column))
        .copied()
        .unwrap_or_default()
}

/// The sum of products of two points.
pub fn dot(a: &Point, b: &Point) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

/// A matrix times a point.
pub fn times(matrix: &Symmetric, point: &Point) -> Point {
    from_fn(|i| matrix.get(i).map_or(0.0, |row| dot(row, point)))
}

/// Eigenvalues and eigenvectors (one a row), by Jacobi's rotations (Golub and Van Loan 8.5).
pub fn eigen(matrix: &Symmetric) -> (Point, Symmetric) {
    let mut values: Symmetric = *matrix;
    let mut vectors: Symmetric = from_fn(|i| from_fn(|j| f64::from(u8::from(i == j))));
    let pairs = [(0, 1), (0, 2), (0, 3), (1, 2), (1, 3), (2, 3)];
    for _ in 0..60 {
        let off: f64 = pairs.iter().map(|(p, q)| at(&values, *p, *q).abs()).sum();
        let size: f64 = (0..4).map(|i| at(&values, i, i).abs()).sum();
        if off <= 1e-17 * size {
            break;
        }
        for (p, q) in pairs {
            let cross = at(&values, p, q);
            if cross == 0.0 {
                continue;
            }
            let theta = (at(&values, q, q) - at(&values, p, p)) / (2.0 * cross);
            let tan = theta.signum() / (theta.abs() + libm::sqrt(theta * theta + 1.0));
            let cos = 1.0 / libm::sqrt(tan * tan + 1.0);
            let sin = tan * cos;
            let old = values;
            let half: Symmetric = from_fn(|i| from_fn(|j| turned(&old, j, i, (p, q), (cos, sin))));
            values = from_fn(|i| from_fn(|j| turned(&half, i, j, (p, q), (cos, sin))));
            let old = vectors;
            vectors = from_fn(|i| from_fn(|j| turned(&old, i, j, (p, q), (cos, sin))));
        }
        // The turn on both sides leaves the matrix symmetric up to its last bit.
        let old = values;
        values = from_fn(|i| from_fn(|j| f64::midpoint(at(&old, i, j), at(&old, j, i))));
    }
    (from_fn(|i| at(&values, i, i)), vectors)
}

/// The element of a matrix of which two rows are turned. The first turn is read with row and column
/// exchanged, so that the second is along the columns.
fn turned(
    matrix: &Symmetric,
    row: usize,
    column: usize,
    (first, second): (usize, usize),
    (cos, sin): (f64, f64),
) -> f64 {
    if row == first {
        cos * at(matrix, first, column) - sin * at(matrix, second, column)
    } else if row == second {
        sin * at(matrix, first, column) + cos * at(matrix, second, column)
    } else {
        at(matrix, row, column)
    }
}

/// What a Laplace approximation needs of the curvature at an optimum: `inverse` is the covariance,
/// and `spread` turns four independent normal numbers into a deviation. Eigenvalues below `floor`
/// (directions the data says nothing about) are raised to it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Curvature {
    /// The covariance.
    pub inverse: Symmetric,
    spread: Symmetric,
}

impl Curvature {
    /// See the type.
    pub fn new(matrix: &Symmetric, floor: f64) -> Self {
        let whole: Symmetric = from_fn(|i| {
            from_fn(|j| {
                let value = f64::midpoint(at(matrix, i, j), at(matrix, j, i));
                if value.is_finite() { value } else { 0.0 }
            })
        });
        let (values, vectors) = eigen(&whole);
        let deviation: Point =
            from_fn(|i| 1.0 / libm::sqrt(values.get(i).copied().unwrap_or(floor).max(floor)));
        let spread: Symmetric = from_fn(|i| {
            from_fn(|j| at(&vectors, j, i) * deviation.get(j).copied().unwrap_or_default())
        });
        let inverse =
            from_fn(|i| from_fn(|j| (0..4).map(|l| at(&spread, i, l) * at(&spread, j, l)).sum()));
        Self { inverse, spread }
    }

    /// The deviation that four independent standard normal numbers stand for.
    pub fn deviation(&self, normals: &Point) -> Point {
        times(&self.spread, normals)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn eigenvectors_are_stretched_by_their_eigenvalues() {
        let matrix = [
            [4.0, 1.0, -2.0, 0.5],
            [1.0, 3.0, 0.25, 1.5],
            [-2.0, 0.25, 5.0, -1.0],
            [0.5, 1.5, -1.0, 2.0],
        ];
        let (values, vectors) = eigen(&matrix);
        assert!((values.iter().sum::<f64>() - 14.0).abs() < 1e-13);
        for (value, vector) in values.iter().zip(&vectors) {
            for (stretched, own) in times(&matrix, vector).iter().zip(vector) {
                assert!(
                    (stretched - value * own).abs() < 1e-13,
                    "{value} {vector:?}"
                );
            }
            assert!((dot(vector, vector) - 1.0).abs() < 1e-14);
        }
    }

    #[test]
    fn the_covariance_is_the_inverse_and_deviations_have_it() {
        let matrix = [
            [4.0, 1.0, -2.0, 0.5],
            [1.0, 3.0, 0.25, 1.5],
            [-2.0, 0.25, 5.0, -1.0],
            [0.5, 1.5, -1.0, 2.0],
        ];
        let curve = Curvature::new(&matrix, 0.05);
        for (i, row) in curve.inverse.iter().enumerate() {
            for (j, product) in times(&matrix, row).iter().enumerate() {
                assert!((product - f64::from(u8::from(i == j))).abs() < 1e-13);
            }
        }
        // The squares of the deviations of the four unit vectors add up to the variances.
        let units: Symmetric = from_fn(|i| from_fn(|j| f64::from(u8::from(i == j))));
        for (i, row) in curve.inverse.iter().enumerate() {
            let squares = units.iter().map(|unit| curve.deviation(unit)[i]);
            let variance: f64 = squares.map(|d| d * d).sum();
            assert!((variance - row[i]).abs() < 1e-13);
        }
    }

    #[test]
    fn a_direction_without_curvature_is_floored() {
        let curve = Curvature::new(&[[0.0; 4]; 4], 0.05);
        assert!((curve.inverse[0][0] - 20.0).abs() < 1e-12);
        let curve = Curvature::new(&[[f64::NAN; 4]; 4], 0.05);
        assert!(curve.inverse.iter().flatten().all(|v| v.is_finite()));
    }
}
