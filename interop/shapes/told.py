"""Holds the shapes of an engine against ours, and counts."""

import collections
import json
import sys


def padded(window, dilation, padding):
    """Zeros before and after along one axis where they are put by a layer of their own."""
    total = (window - 1) * dilation
    return {"valid": (0, 0), "consistent": (total // 2, total - total // 2), "causal": (total, 0)}[padding]


def compare(theirs):
    """`theirs(case)` gives the shape of one sample, raises ValueError where the engine refuses, and None where it has no such thing."""
    with open(f"{sys.argv[1]}/shapes.json") as file:
        cases = json.load(file)
    agree, absent, stricter, wrong = 0, 0, collections.Counter(), []
    for case in cases:
        try:
            shape = theirs(case)
        except (ValueError, RuntimeError):
            shape = "refused"
        if shape is None:
            absent += 1
        elif shape == "refused":
            if case["ours"] is None:
                agree += 1
            else:
                wrong.append((case, shape))
        elif case["ours"] is None:
            stricter[case["refusal"]] += 1
        elif list(shape) == case["ours"]:
            agree += 1
        else:
            wrong.append((case, shape))
    print(json.dumps({"cases": len(cases), "agree": agree, "absent": absent, "stricter": stricter, "wrong": [str(each) for each in wrong[:20]], "disagree": len(wrong)}))
