"""Who answers for the words: reviews, approvals, withdrawals, and what changed since."""
