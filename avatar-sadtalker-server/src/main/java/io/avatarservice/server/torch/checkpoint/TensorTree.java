package io.avatarservice.server.torch.checkpoint;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Finds the tensors in nested dictionaries, lists and tuples, and names each by the keys and positions that lead to it. */
final class TensorTree {

    private static final int DEEPEST = 32;

    private final PickleBudget budget;
    private final Map<String, PickledTensor> tensors = new LinkedHashMap<>();

    private TensorTree(PickleBudget budget) {
        this.budget = budget;
    }

    /**
     * Lists the tensors by name.
     *
     * @param budget what is left of it bounds the places that are visited: a small pickle can refer to a collection very often
     */
    static Map<String, PickledTensor> flatten(Object root, PickleBudget budget) {
        TensorTree tree = new TensorTree(budget);
        tree.visit("", root, 0);
        return tree.tensors;
    }

    private void visit(String name, Object value, int depth) {
        budget.spend(1);
        if (value instanceof PickledTensor tensor) {
            TensorNames.check(name, tensors.size());
            if (tensors.put(name, tensor) != null) {
                throw new MalformedException("two tensors have the name %s".formatted(TensorNames.shown(name)));
            }
        } else if (value instanceof Map<?, ?> || value instanceof List<?> || value instanceof PickleTuple) {
            if (depth == DEEPEST) {
                throw new MalformedException("the pickle nests collections deeper than %d".formatted(DEEPEST));
            }
            visitItems(name, value, depth + 1);
        }
    }

    private void visitItems(String name, Object collection, int depth) {
        if (collection instanceof Map<?, ?>) {
            PickleValues.dictionary(collection).forEach((key, item) -> visit(join(name, key), item, depth));
        } else {
            List<Object> items = PickleValues.list(collection);
            for (int i = 0; i < items.size(); i++) {
                visit(join(name, i), items.get(i), depth);
            }
        }
    }

    /** Names that are too long are cut to one that {@link TensorNames} refuses, should it lead to a tensor. */
    private static String join(String name, Object key) {
        String last = key.toString();
        int most = TensorNames.LONGEST_NAME + 1;
        String cut = last.length() > most ? last.substring(0, most) : last;
        String joined = name.isEmpty() ? cut : name + "." + cut;
        return joined.length() > most ? joined.substring(0, most) : joined;
    }
}
