package io.parley.config.start;

import java.nio.file.Path;
import java.util.List;

/** What a JVM reads its classes from. */
enum ArchiveKind {
    /** Class data sharing (JEP 350). */
    CLASSES(".jsa"),

    /** Also has the classes linked, and which methods are used most (JEP 483, 515): a start takes a tenth less CPU time. */
    AOT_CACHE(".aot");

    /** The first version that writes an {@link #AOT_CACHE} for classes with profiles. */
    private static final int FIRST_WITH_AOT_CACHE = 25;

    private final String suffix;

    ArchiveKind(String suffix) {
        this.suffix = suffix;
    }

    /** Of this JVM. */
    static ArchiveKind current() {
        return Runtime.version().feature() < FIRST_WITH_AOT_CACHE ? CLASSES : AOT_CACHE;
    }

    /** Of the names of its files. */
    String suffix() {
        return suffix;
    }

    /** The options of a JVM that reads this file. One that it does not want is left aside without a word. */
    List<String> reading(Path file) {
        return this == CLASSES
                ? List.of("-Xshare:auto", "-Xlog:cds=off,cds+dynamic=off", "-XX:SharedArchiveFile=" + file)
                : List.of("-Xlog:aot*=off,cds*=off", "-XX:AOTMode=auto", "-XX:AOTCache=" + file);
    }

    /**
     * The options of a JVM that records what it does. The second compiler would be of no use to an archive of classes, but an AOT cache holds
     * its profiles.
     */
    List<String> recording(Path file) {
        return this == CLASSES
                ? List.of("-XX:ArchiveClassesAtExit=" + file, "-XX:TieredStopAtLevel=1")
                : List.of("-XX:AOTMode=record", "-XX:AOTConfiguration=" + recordOf(file));
    }

    /**
     * The options of a JVM that makes the file of the record, none if the record is the file. A JVM that does both (-XX:AOTCacheOutput) starts a
     * second one itself, which nothing stops after the time limit.
     */
    List<String> making(Path file) {
        return this == CLASSES
                ? List.of()
                : List.of("-XX:AOTMode=create", "-XX:AOTConfiguration=" + recordOf(file), "-XX:AOTCache=" + file);
    }

    private static Path recordOf(Path file) {
        return file.resolveSibling("record");
    }
}
