package io.parley.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloud.tools.jib.api.buildplan.AbsoluteUnixPath;
import com.google.cloud.tools.jib.api.buildplan.ContainerBuildPlan;
import com.google.cloud.tools.jib.api.buildplan.FileEntriesLayer;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ImageLayersTest {
    @Test
    void leavesOutTheModuleAndGivesTheDataAway() {
        var plan = ContainerBuildPlan.builder()
                .setLayers(List.of(
                        layer("/jib/libs/jspecify.jar"),
                        layer("/data", "/database", "/jibber"),
                        layer("/opt/parley/parley.jar")))
                .build();

        var layers = ImageLayers.change(plan).getLayers().stream()
                .map(FileEntriesLayer.class::cast)
                .map(layer -> layer.getEntries().stream()
                        .map(entry -> entry.getExtractionPath() + " " + entry.getOwnership())
                        .toList())
                .toList();

        assertThat(layers)
                .containsExactly(
                        List.of("/data 10001:10001", "/database ", "/jibber "), List.of("/opt/parley/parley.jar "));
    }

    private static FileEntriesLayer layer(String... paths) {
        var layer = FileEntriesLayer.builder();
        Stream.of(paths).forEach(path -> layer.addEntry(Path.of("file"), AbsoluteUnixPath.get(path)));
        return layer.build();
    }
}
