"""What funders and the board see: blocks and pages built from a published cube, and from nothing else."""
