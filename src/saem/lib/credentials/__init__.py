"""What a learner can show others: badges that any machine can check, certificates that people can read."""
