"""Runs other programs. If one fails, its output is the error."""

import subprocess


class Failed(RuntimeError):
    """The program failed, or did not end in time. `output`: what it printed."""

    def __init__(self, message, output=""):
        super().__init__(message)
        self.output = output


def run(*words, limit=60, environment=None, text=None):
    try:
        done = subprocess.run(
            words, input=text, capture_output=True, text=True, timeout=limit, env=environment, check=False)
    except subprocess.TimeoutExpired as slow:
        raise Failed(f"{words[0]} did not end within {limit} s") from slow
    if done.returncode != 0:
        output = (done.stderr or done.stdout).strip()
        raise Failed(f"{' '.join(words[:3])} exited with {done.returncode}: {output}", output)
    return done.stdout
