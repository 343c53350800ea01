"""Writes what TensorFlow makes of a photograph: the numbers that shared/data/prepareImage.test.ts compares with.

    python scripts/photoNumbers.py     (a Python with tensorflow, such as that of interop)

Of each case every 97th number of the result is kept. Nothing of it is computed by Skipwire: sizes as in torchvision's Resize
(the longer side rounded down), tf.image.resize with antialias, tf's crop, grey levels and scaling.
"""

import json
from pathlib import Path

import tensorflow as tf

folder = Path(__file__).parent.parent / "shared" / "testing" / "photo"
photo = tf.cast(tf.io.decode_png((folder / "china.png").read_bytes(), channels=3), tf.float64) / 255.0
MEAN, DEVIATION = [0.485, 0.456, 0.406], [0.229, 0.224, 0.225]


def resized(image, smaller):
    height, width = image.shape[:2]
    size = (smaller, smaller * width // height) if height <= width else (smaller * height // width, smaller)
    return tf.image.resize(tf.cast(image, tf.float32), size, method="bilinear", antialias=True)


def centre(image, side):
    height, width = image.shape[:2]
    return tf.image.crop_to_bounding_box(image, (height - side) // 2, (width - side) // 2, side, side)


def case(name, settings, image, result):
    numbers = [round(float(value), 7) for value in tf.reshape(result, [-1])[::97]]
    return {"name": name, "settings": settings, "turned": image is not photo, "shape": list(result.shape), "numbers": numbers}


turned = tf.transpose(photo, [1, 0, 2])
grey = tf.image.rgb_to_grayscale(tf.cast(photo, tf.float32))
cases = [
    case("smaller", {"minAspectDim": 40, "resizeDim": 32}, photo, centre(resized(photo, 40), 32)),
    case("much smaller", {"minAspectDim": 9}, photo, resized(photo, 9)),
    case("larger", {"minAspectDim": 131, "resizeDim": 120}, photo, centre(resized(photo, 131), 120)),
    case("upright", {"minAspectDim": 57, "resizeDim": 48}, turned, centre(resized(turned, 57), 48)),
    case("cut only", {"resizeDim": 65}, photo, centre(tf.cast(photo, tf.float32), 65)),
    case("ImageNet", {"minAspectDim": 40, "resizeDim": 33, "values": "imageNet"}, photo, (centre(resized(photo, 40), 33) - MEAN) / DEVIATION),
    case("-1 to 1", {"minAspectDim": 40, "values": "minusOneToOne"}, photo, resized(photo, 40) * 2 - 1),
    case("0 to 255", {"minAspectDim": 40, "values": "zeroTo255"}, photo, resized(photo, 40) * 255),
    case("grey", {"minAspectDim": 40, "resizeDim": 32, "colours": "grey"}, photo, centre(resized(grey, 40), 32)),
]
(folder / "numbers.json").write_text(json.dumps(cases, indent=1) + "\n")
