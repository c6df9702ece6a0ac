package io.parley.config.system.shipping;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The size of the jar, and what is left out of it so that it has this size. */
class JarIT {
    private static final Path JAR = Path.of("target", "parley.jar");
    private static final long MAX_BYTES = 110_000_000;
    private static final long MAX_BYTES_WITHOUT_POSTGRES = 50_000_000;

    /** The classes that config/pom.xml leaves out. */
    private static final Pattern LEFT_OUT = Pattern.compile("com/hazelcast/client/console/.*"
            + "|com/hazelcast/shaded/(com/fasterxml|io/github/classgraph|nonapi|tools/jackson/databind)/.*"
            + "|com/hazelcast/shaded/org/(everit|json|snakeyaml)/.*"
            + "|com/google/crypto/tink/(hybrid|jwt)/.*"
            + "|org/apache/commons/compress/harmony/.*"
            + "|org/postgresql/translation/.*|org/checkerframework/.*");

    /**
     * The classes that name such a class. Parley uses none of them: Hazelcast is configured in code, checks no class path and runs
     * no jobs, Tink encrypts with one key for both sides, and no archive is packed with pack200.
     */
    private static final Pattern UNUSED = Pattern.compile("com/hazelcast/instance/impl/IntegrityChecker"
            + "|com/hazelcast/internal/config/YamlConfigSchemaValidator"
            + "|com/hazelcast/internal/dynamicconfig/DynamicConfig(GeneratorUtil|YamlGenerator)"
            + "|com/hazelcast/internal/yaml/Yaml(Loader|ToJsonConverter)"
            + "|com/hazelcast/jet/impl/util/ReflectionUtils.*"
            + "|com/google/crypto/tink/ConfigurationV0.*"
            + "|com/google/crypto/tink/config/TinkConfig.*"
            + "|com/google/crypto/tink/subtle/EciesAeadHkdfHybrid..crypt"
            + "|org/apache/commons/compress/java/util/jar/Pack200"
            + "|org/postgresql/package-info");

    @Test
    void isNotLargerThanItHasToBe() throws IOException {
        assertThat(Files.size(JAR)).isLessThanOrEqualTo(MAX_BYTES);
        try (var jar = new JarFile(JAR.toFile())) {
            long archives = jar.stream()
                    .filter(entry -> entry.getName().endsWith(".txz"))
                    .mapToLong(JarEntry::getCompressedSize)
                    .sum();
            assertThat(archives).as("archives of PostgreSQL").isPositive();
            assertThat(Files.size(JAR) - archives).isLessThanOrEqualTo(MAX_BYTES_WITHOUT_POSTGRES);
        }
    }

    @Test
    void lacksOnlyClassesThatNothingInUseNames() throws IOException {
        var incomplete = new TreeSet<String>();
        try (var jar = new JarFile(JAR.toFile())) {
            for (var entry : Collections.list(jar.entries())) {
                var name = entry.getName().replaceFirst("\\.class$", "");
                assertThat(LEFT_OUT.matcher(name).matches() && !entry.isDirectory())
                        .as("%s is left out", name)
                        .isFalse();
                if (!entry.getName().endsWith(".class") || name.startsWith("META-INF/")) continue;
                if (namesWhatIsLeftOut(jar, entry)) incomplete.add(name);
            }
        }

        assertThat(incomplete)
                .isNotEmpty()
                .allMatch(name -> UNUSED.matcher(name).matches());
    }

    /** Servers that other tests start hash at a lower cost. */
    @Test
    void hashesPasswordsAtTheCostThatOwaspNames() throws Exception {
        try (var classes = new URLClassLoader(new URL[] {JAR.toUri().toURL()}, ClassLoader.getPlatformClassLoader())) {
            var cost = classes.loadClass("io.parley.users.signin.PasswordCost");

            assertThat(cost.getField("OWASP").get(null)).hasToString("PasswordCost[kibibytes=19456, passes=2]");
        }
    }

    /** As the slim jar, which has them for no platform. */
    @Test
    void asksForADatabaseIfItHasNoServerForThisPlatform(@TempDir Path data) throws IOException {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var builder =
                new ProcessBuilder(java, "-Dos.arch=sparc", "-jar", JAR.toString(), "migrate", "--data-dir=" + data);
        var process = builder.redirectErrorStream(true).start();

        var output = new String(process.getInputStream().readAllBytes(), UTF_8);

        assertThat(process.onExit().join().exitValue()).isEqualTo(2);
        assertThat(output).contains("database.url: must be set");
        assertThat(data).isEmptyDirectory();
    }

    private static boolean namesWhatIsLeftOut(JarFile jar, JarEntry entry) throws IOException {
        try (var file = new DataInputStream(new BufferedInputStream(jar.getInputStream(entry)))) {
            return ClassNames.in(file).stream()
                    .anyMatch(name -> LEFT_OUT.matcher(name).matches());
        }
    }
}
