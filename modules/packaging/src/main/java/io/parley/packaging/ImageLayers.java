package io.parley.packaging;

import com.google.cloud.tools.jib.api.buildplan.ContainerBuildPlan;
import com.google.cloud.tools.jib.api.buildplan.FileEntriesLayer;
import com.google.cloud.tools.jib.api.buildplan.FileEntry;
import com.google.cloud.tools.jib.maven.extension.JibMavenPluginExtension;
import com.google.cloud.tools.jib.maven.extension.MavenData;
import com.google.cloud.tools.jib.plugins.extension.ExtensionLogger;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An extension of the Jib plugin: leaves out of the image what Jib would add of the module, its classes and libraries, because all of
 * these are in the jar; and gives the data directory to the user that the server runs as, because a new volume takes its owner from there.
 */
public final class ImageLayers implements JibMavenPluginExtension<Void> {
    /** The container's {@code appRoot} in config/pom.xml. */
    static final String LEFT_OUT = "/jib";

    static final String DATA = "/data";

    /** As in the container's {@code user}. */
    static final String OWNER = "10001:10001";

    @Override
    public Optional<Class<Void>> getExtraConfigType() {
        return Optional.empty();
    }

    @Override
    public ContainerBuildPlan extendContainerBuildPlan(
            ContainerBuildPlan plan,
            Map<String, String> properties,
            Optional<Void> configuration,
            MavenData maven,
            ExtensionLogger logger) {
        return change(plan);
    }

    static ContainerBuildPlan change(ContainerBuildPlan plan) {
        var layers = plan.getLayers().stream()
                .map(FileEntriesLayer.class::cast)
                .map(layer -> layer.toBuilder().setEntries(entries(layer)).build())
                .filter(layer -> !layer.getEntries().isEmpty())
                .toList();
        return plan.toBuilder().setLayers(layers).build();
    }

    private static List<FileEntry> entries(FileEntriesLayer layer) {
        return layer.getEntries().stream()
                .filter(entry -> !isBelow(entry, LEFT_OUT))
                .map(entry -> isBelow(entry, DATA) ? owned(entry) : entry)
                .toList();
    }

    private static boolean isBelow(FileEntry entry, String folder) {
        return (entry.getExtractionPath() + "/").startsWith(folder + "/");
    }

    private static FileEntry owned(FileEntry entry) {
        return new FileEntry(
                entry.getSourceFile(),
                entry.getExtractionPath(),
                entry.getPermissions(),
                entry.getModificationTime(),
                OWNER);
    }
}
