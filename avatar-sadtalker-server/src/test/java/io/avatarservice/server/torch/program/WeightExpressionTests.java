package io.avatarservice.server.torch.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WeightExpressionTests {

    private static final Map<String, Weights> TENSORS = Map.of(
            "w", counting(2, 3),
            "x", counting(2, 1),
            "kernel", counting(1, 1, 3, 3),
            "b", Weights.of(List.of(2L), new float[] {10, 20}),
            "norm.weight", Weights.of(List.of(2L), new float[] {2, 3}),
            "norm.bias", Weights.of(List.of(2L), new float[] {0.5f, -0.5f}),
            "norm.running_mean", Weights.of(List.of(2L), new float[] {1, 2}),
            "norm.running_var", Weights.of(List.of(2L), new float[] {3, 8}));

    @Test
    void aNameIsTheTensorItself() throws JsonProcessingException {
        assertThat(values("\"w\"")).containsExactly(0, 1, 2, 3, 4, 5);
    }

    @Test
    void normalizationFoldsIntoAWeight() throws JsonProcessingException {
        // The factors are 2 / sqrt(3 + 1) = 1 and 3 / sqrt(8 + 1) = 1.
        assertThat(values("{'op':'fold_weight','weight':'w','norm':'norm','eps':1}"))
                .containsExactly(0, 1, 2, 3, 4, 5);
        assertThat(values("{'op':'fold_weight','weight':'w','norm':'norm','eps':1e-5}")[5])
                .isEqualTo(5 * 3 / Math.sqrt(8 + 1e-5), within(1e-12));
    }

    @Test
    void normalizationFoldsIntoABiasThatMayBeMissing() throws JsonProcessingException {
        assertThat(values("{'op':'fold_bias','bias':'b','norm':'norm','eps':1}"))
                .containsExactly(9.5, 17.5);
        assertThat(values("{'op':'fold_bias','bias':null,'norm':'norm','eps':1}"))
                .containsExactly(-0.5, -2.5);
    }

    @Test
    void normalizationsStandAloneAsScaleAndShift() throws JsonProcessingException {
        assertThat(values("{'op':'scale','norm':'norm','eps':1}")).containsExactly(1, 1);
        assertThat(values("{'op':'shift','norm':'norm','eps':1}")).containsExactly(-0.5, -2.5);
    }

    @Test
    void spectralNormalizationDividesByTheSingularValue() throws JsonProcessingException {
        Map<String, Weights> layer = Map.of(
                "layer.weight_orig", counting(2, 3),
                "layer.weight_u", Weights.of(List.of(2L), new float[] {0, 1}),
                "layer.weight_v", Weights.of(List.of(3L), new float[] {0, 0, 1}));

        Weights weights = parse("{'op':'spectral','of':'layer'}").evaluate(source(layer));

        // uᵀ · W · v picks the last element, 5.
        assertThat(values(weights)).containsExactly(0, 0.2, 0.4, 0.6, 0.8, 1);
    }

    @Test
    void concatenationJoinsAlongAnyAxis() throws JsonProcessingException {
        assertThat(values("{'op':'concat','of':['w','w'],'axis':0}"))
                .containsExactly(0, 1, 2, 3, 4, 5, 0, 1, 2, 3, 4, 5);
        assertThat(values("{'op':'concat','of':['w','x'],'axis':1}")).containsExactly(0, 1, 2, 0, 3, 4, 5, 1);
    }

    @Test
    void projectionIsAMatrixProduct() throws JsonProcessingException {
        Map<String, Weights> layer = Map.of(
                "kernel", counting(2, 3),
                "conv", Weights.of(List.of(1L, 2L, 1L, 1L), new float[] {10, 1}));

        Weights weights =
                parse("{'op':'project','weight':'conv','of':'kernel'}").evaluate(source(layer));

        assertThat(weights.shape()).containsExactly(1L, 3L);
        assertThat(values(weights)).containsExactly(3, 14, 25);
    }

    @Test
    void slicesRunAlongAnyAxis() throws JsonProcessingException {
        assertThat(values("{'op':'slice','of':'w','axis':0,'start':1,'end':2}")).containsExactly(3, 4, 5);
        assertThat(values("{'op':'slice','of':'w','axis':1,'start':1,'end':3}")).containsExactly(1, 2, 4, 5);
    }

    @Test
    void axesChangePlacesAndShapes() throws JsonProcessingException {
        Weights transposed = parse("{'op':'permute','of':'w','axes':[1,0]}").evaluate(source(TENSORS));
        Weights reshaped = parse("{'op':'reshape','of':'w','shape':[3,2]}").evaluate(source(TENSORS));

        assertThat(transposed.shape()).containsExactly(3L, 2L);
        assertThat(values(transposed)).containsExactly(0, 3, 1, 4, 2, 5);
        assertThat(reshaped.shape()).containsExactly(3L, 2L);
        assertThat(values(reshaped)).containsExactly(0, 1, 2, 3, 4, 5);
    }

    @Test
    void tapsOfAKernelAddUp() throws JsonProcessingException {
        // Rows {0} and {1, 2}, columns {0, 1} and {2}, of 0..8 in three rows.
        assertThat(values("{'op':'tap_sum','of':'kernel','rows':[[0],[1,2]],'columns':[[0,1],[2]]}"))
                .containsExactly(0 + 1, 2, 3 + 4 + 6 + 7, 5 + 8);
    }

    @Test
    void aNumberIsAddedToEachElement() throws JsonProcessingException {
        assertThat(values("{'op':'add_scalar','of':'b','value':-1}")).containsExactly(9, 19);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'op':'concat','of':['w','x'],'axis':0}",
                "{'op':'concat','of':[],'axis':0}",
                "{'op':'slice','of':'w','axis':1,'start':1,'end':4}",
                "{'op':'slice','of':'w','axis':2,'start':0,'end':1}",
                "{'op':'reshape','of':'w','shape':[7]}",
                "{'op':'permute','of':'w','axes':[0,0]}",
                "{'op':'tap_sum','of':'kernel','rows':[[3]],'columns':[[0]]}",
                "{'op':'fold_weight','weight':'kernel','norm':'norm','eps':1}",
                "{'op':'fold_bias','bias':'w','norm':'norm','eps':1}"
            })
    void operandsThatDoNotFitAreRefused(String json) throws JsonProcessingException {
        WeightExpression expression = parse(json);

        assertThatThrownBy(() -> expression.evaluate(source(TENSORS))).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'op':'exec','of':'w'}",
                "{'of':'w'}",
                "{'op':'scale','norm':'norm','eps':1,'extra':1}",
                "7.5e3x"
            })
    void whatIsNotInTheGrammarIsRefused(String json) {
        assertThatThrownBy(() -> parse(json)).isInstanceOf(JsonProcessingException.class);
    }

    private static double[] values(String json) throws JsonProcessingException {
        return values(parse(json).evaluate(source(TENSORS)));
    }

    private static double[] values(Weights weights) {
        return IntStream.range(0, weights.elements()).mapToDouble(weights::get).toArray();
    }

    private static WeightExpression parse(String json) throws JsonProcessingException {
        return new ObjectMapper().readValue(json.replace('\'', '"'), WeightExpression.class);
    }

    private static Weights counting(long... shape) {
        return new Weights(
                IntStream.range(0, shape.length).mapToObj(i -> shape[i]).toList(), i -> i);
    }

    private static TensorSource source(Map<String, Weights> tensors) {
        return name -> Objects.requireNonNull(tensors.get(name), name);
    }
}
