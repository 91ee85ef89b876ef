"""One command checks everything, runs all of it even after a failure, and counts the failures."""

import subprocess
import sys
import time

CHECKS = {
    "format": ["ruff", "format", "--check", "--quiet", "."],
    "lint": ["ruff", "check", "--quiet", "."],
    "imports": ["lint-imports", "--no-cache"],
    "types": ["mypy", "-n", "auto"],
    "tests": ["pytest", "-n", "auto", "--dist", "worksteal", *sys.argv[1:]],
}


def main() -> int:
    """Run each check and return how many failed."""
    failed = []
    for name, command in CHECKS.items():
        print(f"── {name} ", flush=True)
        started = time.monotonic()
        program = f"{sys.prefix}/bin/{command[0]}"
        if subprocess.run([program, *command[1:]], check=False).returncode:
            failed.append(name)
        print(f"   {time.monotonic() - started:.0f} s", flush=True)
    print("FAILED: " + ", ".join(failed) if failed else "All checks pass.")
    return len(failed)


if __name__ == "__main__":
    sys.exit(main())
