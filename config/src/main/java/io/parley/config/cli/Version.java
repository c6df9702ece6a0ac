package io.parley.config.cli;

import io.parley.config.telemetry.BuildRevision;
import picocli.CommandLine.IVersionProvider;

/** The version in the jar's manifest, and the commit that it was built from. */
final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
        var version = Version.class.getPackage().getImplementationVersion();
        return version == null
                ? new String[] {"parley (development build)"}
                : new String[] {"parley " + version, "revision " + BuildRevision.current()};
    }
}
