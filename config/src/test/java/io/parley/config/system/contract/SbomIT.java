package io.parley.config.system.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;

/** The bill of materials in the jar (CycloneDX). */
class SbomIT {
    private static final Path JAR = Path.of("target", "parley.jar");

    /** What Hazelcast, Netty and Nimbus contain under package names of their own. */
    private static final Set<String> REPACKAGED = Set.of(
            "pkg:maven/org.jctools/jctools-core",
            "pkg:maven/org.jctools/jctools-core-jdk11",
            "pkg:maven/com.fasterxml.jackson.core/jackson-core",
            "pkg:maven/com.fasterxml.jackson.core/jackson-databind",
            "pkg:maven/com.github.erosb/everit-json-schema",
            "pkg:maven/com.google.code.gson/gson",
            "pkg:maven/com.hazelcast/hazelcast-tpc-engine",
            "pkg:maven/com.zaxxer/HikariCP",
            "pkg:maven/io.github.classgraph/classgraph",
            "pkg:maven/org.json/json",
            "pkg:maven/org.snakeyaml/snakeyaml-engine",
            "pkg:maven/tools.jackson.core/jackson-core",
            "pkg:maven/tools.jackson.core/jackson-databind",
            "pkg:maven/tools.jackson.jr/jackson-jr-annotation-support",
            "pkg:maven/tools.jackson.jr/jackson-jr-objects");

    private static final String BILL = "META-INF/sbom/application.cdx.json";

    @Test
    void namesEveryArtifactThatIsInTheJar() throws IOException {
        try (var jar = new JarFile(JAR.toFile())) {
            var bill = bill(jar);
            var names = new ArrayList<String>();
            for (var component : bill.get("components")) names.add(packageUrl(component));
            names.add(packageUrl(bill.at("/metadata/component")));

            assertThat(bill.get("bomFormat").asText()).isEqualTo("CycloneDX");
            assertThat(bill.get("specVersion").asText()).isGreaterThanOrEqualTo("1.6");
            assertThat(artifacts(jar))
                    .hasSizeGreaterThan(50)
                    .allSatisfy(artifact -> assertThat(
                                    names.contains(artifact) || REPACKAGED.contains(artifact.replaceFirst("@.*", "")))
                            .as(artifact)
                            .isTrue());
        }
    }

    @Test
    void givesTheLicenceAndTheHashOfEachArtifactOfOthers() throws IOException {
        try (var jar = new JarFile(JAR.toFile())) {
            for (var component : bill(jar).get("components")) {
                if (component.get("group").asText().equals("io.parley")) continue;
                assertThat(component.path("licenses")).as(packageUrl(component)).isNotEmpty();
                assertThat(component.path("hashes").findValuesAsText("alg"))
                        .as(packageUrl(component))
                        .contains("SHA-256");
            }
        }
    }

    private static String packageUrl(JsonNode component) {
        return component.get("purl").asText().replaceFirst("\\?.*", "");
    }

    private static JsonNode bill(JarFile jar) throws IOException {
        try (var content = jar.getInputStream(jar.getEntry(BILL))) {
            return new ObjectMapper().readTree(content);
        }
    }

    /** As Maven has noted them in each artifact that it built. */
    private static List<String> artifacts(JarFile jar) throws IOException {
        var artifacts = new ArrayList<String>();
        for (var entry : Collections.list(jar.entries())) {
            if (!entry.getName().matches("META-INF/maven/[^/]+/[^/]+/pom.properties")) continue;
            var properties = new Properties();
            try (var content = jar.getInputStream(entry)) {
                properties.load(content);
            }
            artifacts.add("pkg:maven/%s/%s@%s"
                    .formatted(
                            properties.getProperty("groupId"),
                            properties.getProperty("artifactId"),
                            properties.getProperty("version")));
        }
        return artifacts;
    }
}
