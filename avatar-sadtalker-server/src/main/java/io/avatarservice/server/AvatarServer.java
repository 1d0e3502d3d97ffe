package io.avatarservice.server;

/** Entry point of the executable jar. */
public final class AvatarServer {

    private AvatarServer() {}

    public static void main(String[] args) {
        throw new IllegalStateException("replaced by the command line");
    }
}
