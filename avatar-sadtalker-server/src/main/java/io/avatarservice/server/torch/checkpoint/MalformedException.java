package io.avatarservice.server.torch.checkpoint;

/** What is wrong with a file, in words that do not name it; {@link Checkpoints} and the readers add the name. */
final class MalformedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    MalformedException(String message) {
        super(message);
    }

    CheckpointException in(String source) {
        return new CheckpointException("%s: %s".formatted(source, getMessage()), this);
    }
}
