package io.parley.config.cli;

import java.util.Objects;
import picocli.CommandLine.IVersionProvider;

/** Which version this is, as the jar's manifest says. */
final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
        var version = Version.class.getPackage().getImplementationVersion();
        return new String[] {"parley " + Objects.requireNonNullElse(version, "in development")};
    }
}
