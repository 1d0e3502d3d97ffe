package io.avatarservice.server.torch.checkpoint;

import java.util.ArrayList;
import java.util.List;

/** The working stack of a pickle. A mark separates what is about to become one collection from what lies below. */
final class PickleStack {

    private final List<Object> values = new ArrayList<>();
    private final List<Integer> marks = new ArrayList<>();

    void push(Object value) {
        values.add(value);
    }

    void mark() {
        marks.add(values.size());
    }

    Object pop() {
        checkNotEmpty();
        return values.remove(values.size() - 1);
    }

    Object peek() {
        checkNotEmpty();
        return values.get(values.size() - 1);
    }

    /** Takes the last few values, in the order in which they were pushed. */
    List<Object> pop(int count) {
        if (values.size() - bottom() < count) {
            throw tooFew();
        }
        return cut(values.size() - count);
    }

    /** Takes all values above the last mark, and the mark. */
    List<Object> popToMark() {
        if (marks.isEmpty()) {
            throw tooFew();
        }
        return cut(marks.remove(marks.size() - 1));
    }

    /** {@code POP}: drops the last value, or the mark where nothing lies above it. */
    void drop() {
        if (!marks.isEmpty() && bottom() == values.size()) {
            marks.remove(marks.size() - 1);
        } else {
            pop();
        }
    }

    private List<Object> cut(int from) {
        List<Object> tail = values.subList(from, values.size());
        List<Object> taken = new ArrayList<>(tail);
        tail.clear();
        return taken;
    }

    private void checkNotEmpty() {
        if (values.size() <= bottom()) {
            throw tooFew();
        }
    }

    private int bottom() {
        return marks.isEmpty() ? 0 : marks.get(marks.size() - 1);
    }

    private static MalformedException tooFew() {
        return new MalformedException("the pickle is damaged: an operation lacks its operands");
    }
}
