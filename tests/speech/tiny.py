"""A Whisper of one narrow layer with random weights, in the form that faster-whisper loads, made without PyTorch."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

WIDTH, STATES = 16, 448


def build(folder: Path) -> Path:
    """Write model.bin, config, vocabulary and tokenizer.json. What it hears is nonsense, but it hears."""
    from ctranslate2.specs import WhisperSpec
    from faster_whisper.tokenizer import _LANGUAGE_CODES
    from tokenizers import Tokenizer, decoders, models
    from tokenizers.pre_tokenizers import ByteLevel

    letters = {letter: n for n, letter in enumerate(sorted(ByteLevel.alphabet()))}
    tokenizer = Tokenizer(models.BPE(vocab=letters, merges=[]))
    tokenizer.pre_tokenizer, tokenizer.decoder = ByteLevel(add_prefix_space=False), decoders.ByteLevel()
    languages = [f"<|{code}|>" for code in _LANGUAGE_CODES]
    tasks = ["translate", "transcribe", "startoflm", "startofprev", "nospeech", "notimestamps"]
    times = [f"<|{n * 0.02:.2f}|>" for n in range(1501)]
    tokenizer.add_special_tokens(
        ["<|endoftext|>", "<|startoftranscript|>", *languages, *(f"<|{t}|>" for t in tasks), *times]
    )
    size = tokenizer.get_vocab_size()
    random = np.random.default_rng(0)

    def weights(*shape: int) -> Any:
        return random.normal(0, 0.05, shape).astype(np.float32)

    def linear(part: Any, out: int, into: int) -> None:
        part.weight, part.bias = weights(out, into), np.zeros(out, np.float32)

    def norm(part: Any) -> None:
        part.gamma, part.beta = np.ones(WIDTH, np.float32), np.zeros(WIDTH, np.float32)

    def layer(part: Any, looks_across: bool) -> None:
        norm(part.self_attention.layer_norm)
        linear(part.self_attention.linear[0], 3 * WIDTH, WIDTH)
        linear(part.self_attention.linear[1], WIDTH, WIDTH)
        if looks_across:
            norm(part.attention.layer_norm)
            for place, out in enumerate((WIDTH, 2 * WIDTH, WIDTH)):
                linear(part.attention.linear[place], out, WIDTH)
        norm(part.ffn.layer_norm)
        linear(part.ffn.linear_0, 4 * WIDTH, WIDTH)
        linear(part.ffn.linear_1, WIDTH, 4 * WIDTH)

    spec = WhisperSpec(1, 2, 1, 2)
    hears, says = spec.encoder, spec.decoder
    for convolution, bands in ((hears.conv1, 80), (hears.conv2, WIDTH)):
        convolution.weight, convolution.bias = weights(WIDTH, bands, 3), np.zeros(WIDTH, np.float32)
    hears.position_encodings.encodings = weights(1500, WIDTH)
    says.position_encodings.encodings = weights(STATES, WIDTH)
    says.embeddings.weight = says.projection.weight = weights(size, WIDTH)
    norm(hears.layer_norm)
    norm(says.layer_norm)
    layer(hears.layer[0], looks_across=False)
    layer(says.layer[0], looks_across=True)
    spec.register_vocabulary([tokenizer.id_to_token(n) for n in range(size)])
    spec.config.suppress_ids, spec.config.suppress_ids_begin = [], []
    spec.config.alignment_heads = [(0, 0)]
    spec.config.lang_ids = [tokenizer.token_to_id(t) for t in languages]
    spec.validate()
    spec.optimize(quantization="int8")
    folder.mkdir(parents=True, exist_ok=True)
    spec.save(str(folder))
    tokenizer.save(str(folder / "tokenizer.json"))
    return folder
