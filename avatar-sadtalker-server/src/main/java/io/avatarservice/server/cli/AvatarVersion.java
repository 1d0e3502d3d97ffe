package io.avatarservice.server.cli;

import java.util.Objects;
import picocli.CommandLine.IVersionProvider;

/** The version that the jar's manifest names. */
final class AvatarVersion implements IVersionProvider {

    @Override
    public String[] getVersion() {
        String version = AvatarCommand.class.getPackage().getImplementationVersion();
        return new String[] {Objects.requireNonNullElse(version, "development")};
    }
}
