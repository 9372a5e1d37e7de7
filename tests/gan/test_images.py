"""Networks for pictures: shapes, labels, batches, and where they begin."""

from __future__ import annotations

import torch

from pipeline.gan.images import ImageDetective, ImageForger, start_bold, start_small, with_deviation


def test_players_pass_pictures_between_them() -> None:
    """What the forger draws the detective can read, with and without classes."""
    labels = torch.arange(8)
    forger, detective = ImageForger(6, (8, 4), 7, classes=10), ImageDetective(28, (4, 8), classes=10, norm=True)
    drawn = forger(torch.randn(8, 6), labels)
    assert drawn.shape == (8, 1, 28, 28) and float(drawn.detach().abs().max()) <= 1
    assert detective(drawn, labels).shape == (8,)
    plain = ImageForger(6, (8, 4, 4), 4)(torch.randn(8, 6))
    assert ImageDetective(32, (4, 4, 8), deviation=True)(plain).shape == (8,)


def test_detective_begins_deaf_to_labels_and_hears_them_once_taught() -> None:
    """The projection starts at zero; a changed embedding changes the verdict of its class alone."""
    detective = ImageDetective(28, (4, 8), classes=10)
    images = torch.randn(2, 1, 28, 28)
    before = detective(images, torch.tensor([0, 1]))
    assert torch.equal(before, detective(images, torch.tensor([5, 6])))
    assert detective.classes is not None
    torch.nn.init.ones_(detective.classes.weight.data[0])
    after = detective(images, torch.tensor([0, 1]))
    assert after[0] != before[0] and after[1] == before[1]


def test_deviation_is_nothing_where_all_pictures_are_alike() -> None:
    """A forger that repeats itself shows a last channel near 0; features spread by 1 show about 1."""
    same = torch.ones(8, 3, 2, 2)
    assert float(with_deviation(same)[:, -1].max()) < 1e-3
    half = torch.cat([torch.ones(4, 3, 2, 2), -torch.ones(4, 3, 2, 2)])
    assert torch.allclose(with_deviation(half)[:, -1], torch.ones(8, 2, 2))


def test_bold_start_prints_noise_and_not_grey() -> None:
    """The untrained forger's pixels reach toward full ink and bare ground; before, they were one flat tone."""
    torch.manual_seed(0)
    forger = ImageForger(8, (64, 32), 7).eval()
    start_small(forger)
    noise = torch.randn(16, 8)
    with torch.no_grad():
        assert float(forger(noise).std()) < 0.05
        start_bold(forger.train(), gain=6.0)
        assert float(forger.eval()(noise).std()) > 0.4
