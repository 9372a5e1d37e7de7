"""The reader of digits learns, and disturbs no one."""

from __future__ import annotations

import torch

from pipeline.gan.classifier import read, train_reader


def test_reader_tells_two_patterns_apart_and_leaves_chance_alone() -> None:
    """A bar on the left or on the right is learnt in a few steps; the global dice are as before."""
    labels = torch.arange(256) % 2
    images = -torch.ones(256, 1, 28, 28)
    images[labels == 0, :, 4:24, 6:10] = 1
    images[labels == 1, :, 4:24, 18:22] = 1
    state = torch.get_rng_state()
    reader = train_reader(images, labels, epochs=6)
    assert torch.equal(torch.get_rng_state(), state)
    features, said = read(reader, images)
    assert features.shape == (256, 64) and torch.allclose(said.sum(1), torch.ones(256))
    assert torch.equal(said.argmax(1), labels)
