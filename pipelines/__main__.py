"""`python -m pipelines`: the pipeline commands alone."""

from pipelines.cli import run

if __name__ == "__main__":
    run("python -m pipelines")
