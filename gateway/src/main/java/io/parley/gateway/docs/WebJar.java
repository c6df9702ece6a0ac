package io.parley.gateway.docs;

import io.parley.gateway.http.ClasspathFiles;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Properties;

/**
 * A library for browsers that is packed as a Maven artifact.
 *
 * @param folder of its files in the class path, with a slash at its end
 */
public record WebJar(String folder) {
    /** One of webjars.org, by any of its groups. */
    public static WebJar webjars(String group, String name) {
        return new WebJar("/META-INF/resources/webjars/" + name + '/' + version(group, name) + '/');
    }

    /** One of mvnpm.org. */
    public static WebJar mvnpm(String name) {
        return new WebJar("/META-INF/resources/_static/" + name + '/' + version("org.mvnpm", name) + '/');
    }

    public byte[] bytes(String file) {
        return ClasspathFiles.bytes(folder + file);
    }

    private static String version(String group, String name) {
        try {
            var properties = new Properties();
            properties.load(new ByteArrayInputStream(
                    ClasspathFiles.bytes("/META-INF/maven/" + group + '/' + name + "/pom.properties")));
            return properties.getProperty("version");
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
