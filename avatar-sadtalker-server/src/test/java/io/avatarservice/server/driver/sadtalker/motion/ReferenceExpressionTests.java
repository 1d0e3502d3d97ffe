package io.avatarservice.server.driver.sadtalker.motion;

import static org.assertj.core.api.Assertions.assertThat;

import io.avatarservice.server.torch.FloatTensor;
import org.junit.jupiter.api.Test;

class ReferenceExpressionTests {

    @Test
    void aPortraitsExpressionIsHeld() {
        FloatTensor expression = ReferenceExpression.repeat(Tensors.numbered(1, 73), 3);

        assertThat(expression.shape()).containsExactly(3L, 64L);
        assertThat(expression.values()[0]).isZero();
        assertThat(expression.values()[2 * 64 + 63]).isEqualTo(63);
    }

    @Test
    void aShortVideoStartsAgain() {
        float[] expression =
                ReferenceExpression.repeat(Tensors.numbered(2, 73), 5).values();

        assertThat(expression[64]).isEqualTo(1000);
        assertThat(expression[2 * 64]).isZero();
        assertThat(expression[3 * 64 + 5]).isEqualTo(1005);
    }

    @Test
    void aLongVideoIsCut() {
        assertThat(ReferenceExpression.repeat(Tensors.numbered(9, 64), 2).shape())
                .containsExactly(2L, 64L);
    }
}
