"""Other programs: their output on failure is the error."""

import subprocess


def run(*words, limit=60, environment=None, text=None):
    try:
        done = subprocess.run(words, input=text, capture_output=True, text=True, timeout=limit, env=environment, check=False)
    except subprocess.TimeoutExpired as slow:
        raise RuntimeError(f"{words[0]} did not end within {limit} s") from slow
    if done.returncode != 0:
        raise RuntimeError(f"{' '.join(words[:3])} ended with {done.returncode}: {(done.stderr or done.stdout).strip()}")
    return done.stdout
