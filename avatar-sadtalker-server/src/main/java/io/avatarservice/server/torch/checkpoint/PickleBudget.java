package io.avatarservice.server.torch.checkpoint;

/**
 * Bounds the work, and with it the memory, that a pickle can ask for: each opcode and each copied item takes a step. A
 * checkpoint takes some fifty steps for a tensor.
 */
final class PickleBudget {

    private static final int STEPS = 4_000_000;

    private int left = STEPS;

    void spend(int steps) {
        left -= steps;
        if (left < 0) {
            throw new MalformedException(
                    "the pickle has more than %d steps, which no checkpoint needs".formatted(STEPS));
        }
    }
}
