"""Makes assets/data/digits from the copy of the UCI digits in scikit-learn's wheel.

    pip download --no-deps scikit-learn && python3 scripts/makeDigits.py scikit_learn-*.whl

digits.bin holds 1,797 samples of 65 bytes: 64 pixels from 0 to 16, row by row, and the digit. The order is that of the
split: 1,197 for training, 200 for validation, 400 for the test, each class spread evenly over the three (a fixed
pseudo-random order of each class, so that everyone has the same split for ever).
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

# Each class in a fixed order, then dealt out by its share, so that all three parts have all classes alike.
order = Random(20260101)
by_class = [[sample for sample in samples if sample[64] == digit] for digit in range(10)]
for group in by_class:
    order.shuffle(group)
dealt = sorted(((index + 0.5) / len(group), digit, index) for digit, group in enumerate(by_class) for index in range(len(group)))
sequence = [by_class[digit][index] for _, digit, index in dealt]
parts = {name: [] for name in COUNTS}
for position, sample in enumerate(sequence):
    # The part that is furthest behind its share takes the next one.
    name = min(COUNTS, key=lambda part: (len(parts[part]) + 1) / COUNTS[part])
    parts[name].append(sample)
assert {name: len(part) for name, part in parts.items()} == COUNTS, {name: len(part) for name, part in parts.items()}

folder = Path(__file__).parent.parent / "assets" / "data" / "digits"
(folder / "digits.bin").write_bytes(bytes(value for name in COUNTS for sample in parts[name] for value in sample))
