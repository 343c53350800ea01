"""Makes assets/data/digits from the copy of the UCI digits in scikit-learn's wheel.

    pip download --no-deps scikit-learn && python3 scripts/makeDigits.py scikit_learn-*.whl

digits.bin holds 1,797 samples of 65 bytes: 64 pixels from 0 to 16, row by row, and the digit. The order is that of the
split: 1,197 for training, 200 for validation, 400 for the test. The split is stratified: each part has of each digit its
share, rounded up or down. All orders come from a fixed seed, so that everyone has the same split for ever.
"""

import csv
import gzip
import io
import sys
import zipfile
from pathlib import Path
from random import Random

COUNTS = {"train": 1197, "validation": 200, "test": 400}

with zipfile.ZipFile(sys.argv[1]) as wheel:
    rows = gzip.decompress(wheel.read("sklearn/datasets/data/digits.csv.gz")).decode()
samples = [[int(float(value)) for value in row] for row in csv.reader(io.StringIO(rows))]
assert len(samples) == 1797 and all(len(sample) == 65 for sample in samples)

def quotas(sizes):
    """How many of each class each part gets: shares rounded down, then up by the largest fractions until all sums fit."""
    shares = {(digit, name): size * count / len(samples) for digit, size in enumerate(sizes) for name, count in COUNTS.items()}
    given = {cell: int(share) for cell, share in shares.items()}
    for digit, name in sorted(shares, key=lambda cell: shares[cell] - given[cell], reverse=True):
        class_is_open = sum(given[digit, part] for part in COUNTS) < sizes[digit]
        part_is_open = sum(given[other, name] for other in range(10)) < COUNTS[name]
        if class_is_open and part_is_open:
            given[digit, name] += 1
    return given


order = Random(20260101)
by_class = [[sample for sample in samples if sample[64] == digit] for digit in range(10)]
given = quotas([len(group) for group in by_class])
parts = {name: [] for name in COUNTS}
for digit, group in enumerate(by_class):
    order.shuffle(group)
    start = 0
    for name, part in parts.items():
        part.extend(group[start : start + given[digit, name]])
        start += given[digit, name]
    assert start == len(group)
for part in parts.values():
    order.shuffle(part)
assert {name: len(part) for name, part in parts.items()} == COUNTS, {name: len(part) for name, part in parts.items()}

folder = Path(__file__).parent.parent / "assets" / "data" / "digits"
(folder / "digits.bin").write_bytes(bytes(value for name in COUNTS for sample in parts[name] for value in sample))
