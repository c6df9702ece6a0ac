package io.parley.config.system.harness;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The command lines that run the packaged jar. */
final class JarCommand {
    private static final Path JAVA = Path.of(System.getProperty("java.home"), "bin", "java");

    // Starts fastest. With the first compiler alone a start would be faster still, but a password hash takes
    // 260 ms then instead of 60 to 100.
    private static final String COLLECTOR = "-XX:+UseSerialGC";

    /** Reads its classes from the archive of {@link PreparedJar} (JEP 350), which halves what a start costs. */
    static List<String> of(String... arguments) {
        return with("-XX:SharedArchiveFile=" + PreparedJar.archive(), arguments);
    }

    static List<String> with(String option, String... arguments) {
        var command = new ArrayList<String>();
        command.addAll(List.of(JAVA.toString(), COLLECTOR, option, "-jar", PreparedJar.JAR.toString()));
        command.addAll(List.of(arguments));
        return command;
    }

    private JarCommand() {}
}
