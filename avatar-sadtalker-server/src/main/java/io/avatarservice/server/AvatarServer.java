package io.avatarservice.server;

import io.avatarservice.server.cli.AvatarCommand;

/** Entry point of the executable jar. */
public final class AvatarServer {

    private AvatarServer() {}

    public static void main(String[] args) {
        System.exit(AvatarCommand.run(args));
    }
}
