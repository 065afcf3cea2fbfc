"""What residents see without an account: courses near them, each with when and where."""
