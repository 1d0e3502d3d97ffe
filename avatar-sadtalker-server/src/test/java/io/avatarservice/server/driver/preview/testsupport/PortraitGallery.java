package io.avatarservice.server.driver.preview.testsupport;

import io.avatarservice.server.driver.preview.testsupport.PortraitSpec.Backdrop;
import io.avatarservice.server.driver.preview.testsupport.PortraitSpec.Background;
import io.avatarservice.server.driver.preview.testsupport.PortraitSpec.Brows;
import io.avatarservice.server.driver.preview.testsupport.PortraitSpec.Expression;
import io.avatarservice.server.driver.preview.testsupport.PortraitSpec.Eyes;
import io.avatarservice.server.driver.preview.testsupport.PortraitSpec.Face;
import io.avatarservice.server.driver.preview.testsupport.PortraitSpec.Hair;
import io.avatarservice.server.driver.preview.testsupport.PortraitSpec.Mouth;
import io.avatarservice.server.driver.preview.testsupport.PortraitSpec.Nose;
import io.avatarservice.server.driver.preview.testsupport.PortraitSpec.Placement;
import io.avatarservice.server.driver.preview.testsupport.PortraitSpec.Skin;
import io.avatarservice.server.driver.preview.testsupport.PortraitSpec.Style;
import java.awt.Color;
import java.util.List;

/** The people of {@link PaintedPortrait#gallery()}. */
final class PortraitGallery {

    private PortraitGallery() {}

    static List<PortraitSpec> people() {
        return List.of(
                youngWoman(),
                smilingWoman(),
                tiltedMan(),
                oldMan(),
                beardedMan(),
                farAwayMan(),
                closeUpWoman(),
                manWithGlasses());
    }

    private static PortraitSpec youngWoman() {
        return new PortraitSpec(
                "young woman with long brown hair",
                512,
                512,
                new Placement(0.5, 0.46, 1.35, 0),
                new Skin(new Color(236, 196, 172), 0.6, 0),
                new Face(108, 130, 0.76),
                new Eyes(61, 30.5, 11.5, new Color(96, 120, 132)),
                new Brows(20, 4, 3.5, new Color(84, 58, 42)),
                new Nose(43, 31),
                new Mouth(47, 7.5, 9.5, new Color(198, 106, 104), Expression.CLOSED),
                new Hair(new Color(104, 70, 46), Style.LONG),
                false,
                false,
                new Color(70, 90, 120),
                new Background(Backdrop.GRADIENT, new Color(150, 160, 165)),
                11);
    }

    private static PortraitSpec smilingWoman() {
        return new PortraitSpec(
                "smiling woman with curly hair",
                640,
                800,
                new Placement(0.5, 0.45, 1.9, 0),
                new Skin(new Color(150, 100, 74), 0.35, 0.05),
                new Face(112, 136, 0.78),
                new Eyes(64, 31, 11, new Color(62, 40, 28)),
                new Brows(20, 4.5, 3.5, new Color(34, 24, 20)),
                new Nose(45, 38),
                new Mouth(56, 8, 10, new Color(150, 70, 70), Expression.OPEN_SMILE),
                new Hair(new Color(44, 32, 28), Style.CURLY),
                false,
                false,
                new Color(200, 160, 60),
                new Background(Backdrop.PLAIN, new Color(126, 150, 138)),
                23);
    }

    private static PortraitSpec tiltedMan() {
        return new PortraitSpec(
                "man with a tilted head",
                501,
                635,
                new Placement(0.51, 0.44, 1.4, 8),
                new Skin(new Color(222, 176, 142), 0.5, 0.25),
                new Face(118, 140, 0.82),
                new Eyes(63, 29.5, 10, new Color(88, 66, 40)),
                new Brows(18, 6, 2, new Color(44, 34, 28)),
                new Nose(48, 36),
                new Mouth(52, 5.5, 8, new Color(178, 104, 94), Expression.SLIGHT_SMILE),
                new Hair(new Color(48, 38, 32), Style.PARTED),
                false,
                false,
                new Color(220, 222, 226),
                new Background(Backdrop.GRADIENT, new Color(90, 110, 130)),
                37);
    }

    private static PortraitSpec oldMan() {
        return new PortraitSpec(
                "old man",
                600,
                600,
                new Placement(0.48, 0.45, 1.5, -3),
                new Skin(new Color(228, 184, 160), 0.9, 1),
                new Face(118, 138, 0.84),
                new Eyes(62, 28.5, 9, new Color(104, 126, 150)),
                new Brows(18, 6, 2.5, new Color(150, 146, 140)),
                new Nose(52, 38),
                new Mouth(52, 4.5, 6.5, new Color(186, 120, 112), Expression.CLOSED),
                new Hair(new Color(178, 174, 168), Style.BALDING),
                false,
                false,
                new Color(64, 58, 60),
                new Background(Backdrop.PLAIN, new Color(174, 168, 156)),
                41);
    }

    private static PortraitSpec beardedMan() {
        return new PortraitSpec(
                "man with a beard in front of bricks",
                720,
                720,
                new Placement(0.52, 0.44, 2.1, 0),
                new Skin(new Color(206, 156, 120), 0.5, 0.3),
                new Face(120, 140, 0.84),
                new Eyes(64, 30, 10.5, new Color(84, 100, 62)),
                new Brows(18.5, 6.5, 2, new Color(50, 36, 26)),
                new Nose(48, 37),
                new Mouth(52, 6.5, 9, new Color(188, 104, 98), Expression.CLOSED),
                new Hair(new Color(62, 44, 32), Style.SHORT),
                true,
                false,
                new Color(58, 84, 66),
                new Background(Backdrop.BRICKS, new Color(146, 88, 70)),
                53);
    }

    private static PortraitSpec farAwayMan() {
        return new PortraitSpec(
                "small face in a wide picture",
                1280,
                720,
                new Placement(0.66, 0.4, 0.75, 2),
                new Skin(new Color(108, 72, 54), 0.2, 0.2),
                new Face(118, 142, 0.84),
                new Eyes(66, 30, 10.5, new Color(48, 32, 24)),
                new Brows(19, 6, 2, new Color(22, 18, 16)),
                new Nose(47, 43),
                new Mouth(54, 9, 11, new Color(150, 76, 72), Expression.CLOSED),
                new Hair(new Color(28, 24, 24), Style.SHORT),
                false,
                false,
                new Color(150, 60, 54),
                new Background(Backdrop.GRADIENT, new Color(120, 140, 120)),
                67);
    }

    private static PortraitSpec closeUpWoman() {
        return new PortraitSpec(
                "close-up of a woman",
                480,
                560,
                new Placement(0.5, 0.4, 2.9, -2),
                new Skin(new Color(232, 190, 152), 0.45, 0.1),
                new Face(110, 138, 0.8),
                new Eyes(63, 29, 9.5, new Color(52, 36, 26)),
                new Brows(20, 4, 2, new Color(36, 28, 26)),
                new Nose(44, 34),
                new Mouth(47, 7, 9, new Color(200, 96, 100), Expression.SLIGHT_SMILE),
                new Hair(new Color(34, 28, 28), Style.PARTED),
                false,
                false,
                new Color(120, 120, 128),
                new Background(Backdrop.PLAIN, new Color(206, 200, 192)),
                71);
    }

    private static PortraitSpec manWithGlasses() {
        return new PortraitSpec(
                "blond man with glasses",
                640,
                640,
                new Placement(0.47, 0.44, 1.6, 3),
                new Skin(new Color(240, 202, 182), 0.8, 0.35),
                new Face(116, 136, 0.82),
                new Eyes(62, 29, 10.5, new Color(90, 130, 160)),
                new Brows(21, 5, 2, new Color(150, 116, 74)),
                new Nose(48, 35),
                new Mouth(50, 5.5, 8, new Color(200, 122, 112), Expression.SLIGHT_SMILE),
                new Hair(new Color(186, 150, 96), Style.SHORT),
                false,
                true,
                new Color(44, 54, 84),
                new Background(Backdrop.GRADIENT, new Color(168, 150, 130)),
                83);
    }
}
