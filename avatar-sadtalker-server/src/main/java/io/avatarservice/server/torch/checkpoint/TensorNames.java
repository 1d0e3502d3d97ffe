package io.avatarservice.server.torch.checkpoint;

/** Bounds on what a file may name, so that a small file cannot fill the memory. */
final class TensorNames {

    /** The largest networks have some ten thousand tensors. */
    static final int MOST_TENSORS = 100_000;

    static final int LONGEST_NAME = 1024;

    private static final int SHOWN = 200;

    private TensorNames() {}

    /** What a message says of a name in a file that may be hostile: one short line. */
    static String shown(String name) {
        String printable = name.substring(0, Math.min(name.length(), SHOWN)).replaceAll("[\\p{Cntrl}]", "?");
        return name.length() > SHOWN ? printable + "..." : printable;
    }

    /** Refuses a name that is too long, and one tensor too many. */
    static void check(String name, int tensorsBefore) {
        if (name.length() > LONGEST_NAME) {
            throw new MalformedException("a tensor's name has more than %d characters".formatted(LONGEST_NAME));
        }
        if (tensorsBefore >= MOST_TENSORS) {
            throw new MalformedException("there are more than %d tensors".formatted(MOST_TENSORS));
        }
    }
}
