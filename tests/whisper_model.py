"""A Whisper model that hears nothing: whatever is played to it, it says one thing.

Its form is that of any model for faster-whisper (CTranslate2), so the real engine
runs it, but it is made here, of a few numbers: where attention and the layers after
it give nothing, what the decoder says next hangs on the position alone. Each position
points at the token that is to be said there.
"""

import json
from pathlib import Path
from typing import Any

import numpy as np
from ctranslate2.specs import WhisperSpec
from tokenizers import Tokenizer, decoders, models, pre_tokenizers

__all__ = ["SAID", "write_model"]

SAID = (
    (0.0, "This test model hears nothing.", 2.0),
    (2.0, "It says the same of every recording.", 5.0),
)

_WIDTH, _HEADS, _FRAMES, _LONGEST = 64, 2, 1500, 448
_MELS, _INNER, _SECOND, _SECONDS = 80, 8, 50, 30
_SPECIAL = (
    "<|endoftext|>", "<|startoftranscript|>", "<|translate|>", "<|transcribe|>",
    "<|startoflm|>", "<|startofprev|>", "<|nospeech|>", "<|notimestamps|>",
)  # fmt: skip
Said = tuple[tuple[float, str, float], ...]


def write_model(folder: Path, *, said: Said = SAID) -> Path:
    """Write the model: in every 30 s it says these words from and to these seconds.

    It knows English alone, as the models named ``.en`` do.
    """
    tokens = _tokens(said)
    spoken = [tokens.index(token) for token in _spoken(said)]
    spec = WhisperSpec(1, _HEADS, 1, _HEADS)
    _fill(spec, len(tokens), spoken, _seconds(said))
    spec.register_vocabulary(tokens)
    spec.config.alignment_heads = [(0, 0)]  # the other one looks nowhere
    spec.config.suppress_ids = []
    spec.config.suppress_ids_begin = []
    spec.config.lang_ids = []
    spec.validate()
    folder.mkdir(parents=True, exist_ok=True)
    spec.save(str(folder))
    _tokenizer(tokens).save(str(folder / "tokenizer.json"))
    sound = {"feature_size": _MELS, "sampling_rate": 16_000, "n_fft": 400}
    (folder / "preprocessor_config.json").write_text(json.dumps(sound))
    return folder


def _spoken(said: Said) -> list[str]:
    """What comes out, token by token, each stretch between its two times."""
    found: list[str] = []
    for start, text, end in said:
        words = [f"\u0120{word}" for word in text.split()]
        found += [f"<|{start:.2f}|>", *words, f"<|{end:.2f}|>"]
    return [*found, "<|endoftext|>"]


def _seconds(said: Said) -> list[float]:
    """For each token that is said, the second at which it is heard."""
    found: list[float] = []
    for start, text, end in said:
        words = len(text.split())
        step = (end - start) / words
        found += [start, *(start + at * step for at in range(words)), end]
    return found


def _tokens(said: Said) -> list[str]:
    """The vocabulary: every byte, the words, the special tokens, the times."""
    letters = sorted(pre_tokenizers.ByteLevel.alphabet())
    words = sorted({f"\u0120{word}" for _, text, _ in said for word in text.split()})
    times = [f"<|{at * 0.02:.2f}|>" for at in range(_FRAMES + 1)]
    return [*letters, *words, *_SPECIAL, *times]


def _tokenizer(tokens: list[str]) -> Tokenizer:
    vocabulary = {token: number for number, token in enumerate(tokens)}
    tokenizer = Tokenizer(models.BPE(vocab=vocabulary, merges=[]))
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    tokenizer.add_special_tokens(list(_SPECIAL))
    return tokenizer


def _fill(spec: Any, size: int, spoken: list[int], seconds: list[float]) -> None:
    rng = np.random.default_rng(4)
    words = rng.standard_normal((size, _WIDTH)).astype(np.float32)
    says = np.zeros((_LONGEST, _WIDTH), np.float32)
    for position in range(_LONGEST):
        says[position] = 40 * words[spoken[min(position, len(spoken) - 1)]]
    _encoder(spec.encoder)
    _decoder(spec.decoder, words, says, seconds)


def _encoder(encoder: Any) -> None:
    """Give each second of 30 a direction of its own, whatever is heard in it."""
    encoder.conv1.weight = np.zeros((_WIDTH, _MELS, 3), np.float32)
    encoder.conv1.bias = np.zeros(_WIDTH, np.float32)
    encoder.conv2.weight = np.zeros((_WIDTH, _WIDTH, 3), np.float32)
    encoder.conv2.bias = np.zeros(_WIDTH, np.float32)
    encoder.position_encodings.encodings = _directions()
    _norm(encoder.layer_norm)
    layer = encoder.layer[0]
    _mute(layer.self_attention, linears=2)
    _mute_inner(layer.ffn)


def _directions() -> Any:
    frames = np.zeros((_FRAMES, _WIDTH), np.float32)
    for frame in range(_FRAMES):
        frames[frame, frame // _SECOND] = 1.0
    return frames


def _decoder(decoder: Any, words: Any, says: Any, seconds: list[float]) -> None:
    decoder.embeddings.weight = 0.001 * words
    decoder.position_encodings.encodings = says
    decoder.projection.weight = words
    _norm(decoder.layer_norm)
    layer = decoder.layer[0]
    _mute(layer.self_attention, linears=2)
    _mute(layer.attention, linears=3)
    _mute_inner(layer.ffn)
    _look(layer.attention, says, seconds)


def _look(attention: Any, says: Any, seconds: list[float]) -> None:
    """Let each word look at its second; what it sees there changes nothing.

    The further off a second, the less: where all words looked at one alike, the
    engine would divide by nothing.
    """
    seen = (says - says.mean(1, keepdims=True)) / says.std(1, keepdims=True)
    aims = np.zeros((len(seconds), _WIDTH), np.float32)
    for position, second in enumerate(seconds):
        aims[position, :_SECONDS] = -2.0 * np.abs(np.arange(_SECONDS) - int(second))
    turn = np.linalg.pinv(seen[: len(seconds)]) @ aims
    attention.linear[0].weight = turn.T.astype(np.float32)
    keys = np.concatenate([np.eye(_WIDTH), np.zeros((_WIDTH, _WIDTH))])
    attention.linear[1].weight = keys.astype(np.float32)


def _norm(layer: Any) -> None:
    layer.gamma = np.ones(_WIDTH, np.float32)
    layer.beta = np.zeros(_WIDTH, np.float32)


def _mute(attention: Any, *, linears: int) -> None:
    """Attention that adds nothing: queries, keys and values of zero."""
    _norm(attention.layer_norm)
    rows = (3, 1) if linears == 2 else (1, 2, 1)  # fused, or apart
    for linear, times in zip(attention.linear, rows, strict=True):
        linear.weight = np.zeros((times * _WIDTH, _WIDTH), np.float32)
        linear.bias = np.zeros(times * _WIDTH, np.float32)


def _mute_inner(layers: Any) -> None:
    _norm(layers.layer_norm)
    for linear, shape in (
        (layers.linear_0, (_INNER, _WIDTH)),
        (layers.linear_1, (_WIDTH, _INNER)),
    ):
        linear.weight = np.zeros(shape, np.float32)
        linear.bias = np.zeros(shape[0], np.float32)
