//! Numbers without a domain: statistics, root finding, seeded random numbers.
