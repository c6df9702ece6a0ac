package io.parley.config.system.harness;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The command lines that run the packaged jar. */
final class JarCommand {
    private static final Path JAVA = Path.of(System.getProperty("java.home"), "bin", "java");

    private static final String COLLECTOR = "-XX:+UseSerialGC";

    // Neither a command nor the server of a test runs long enough for the second compiler to be of use.
    private static final String FIRST_COMPILER = "-XX:TieredStopAtLevel=1";

    private static final String MAIN = "io.parley.config.Main";

    /** A server with {@link CheapPasswords}. */
    static List<String> serve() {
        return of();
    }

    /** A server that hashes passwords as slowly as that of an operator; with the first compiler alone it would be four times as slowly. */
    static List<String> serveWithRealPasswords() {
        return with(archived(), List.of(CheapPasswords.NOT));
    }

    /** As people start it: with no archive but the one that the server makes itself. */
    static List<String> plain(List<String> options) {
        var command = new ArrayList<>(List.of(JAVA.toString()));
        command.addAll(options);
        command.addAll(List.of("-jar", PreparedJar.JAR.toString()));
        return command;
    }

    /** A command that ends by itself. */
    static List<String> of(String... arguments) {
        return with(archived(), List.of(FIRST_COMPILER), arguments);
    }

    /** A server that writes the archive of its classes when it ends. */
    static List<String> archiving(Path archive) {
        return with("-XX:ArchiveClassesAtExit=" + archive, List.of(FIRST_COMPILER));
    }

    /** A server that reads its classes from the jars. */
    static List<String> unarchived() {
        return with("-Xshare:auto", List.of(FIRST_COMPILER));
    }

    /** Reads classes from the archive of {@link PreparedJar} (JEP 350), which halves what a start costs. */
    private static String archived() {
        return "-XX:SharedArchiveFile=" + PreparedJar.archive();
    }

    private static List<String> with(String archive, List<String> options, String... arguments) {
        var command = new ArrayList<>(List.of(JAVA.toString(), COLLECTOR, archive));
        command.addAll(options);
        // Otherwise the first library that uses it makes the virtual machine print a warning (JEP 498).
        if (Runtime.version().feature() >= 24) command.add("--sun-misc-unsafe-memory-access=allow");
        command.addAll(List.of("-cp", PreparedJar.classPath(), MAIN));
        command.addAll(List.of(arguments));
        return command;
    }

    private JarCommand() {}
}
