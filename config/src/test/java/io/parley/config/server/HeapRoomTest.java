package io.parley.config.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.HotSpotDiagnosticMXBean;
import io.vertx.core.Vertx;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HeapRoomTest {
    private final HotSpotDiagnosticMXBean jvm = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
    private final String before = percent();
    private final HeapRoom room = new HeapRoom(jvm, "40");

    @AfterEach
    void restore() {
        jvm.setVMOption(HeapRoom.OPTION, before);
    }

    @Test
    void isLargeWhileThereAreCollections() {
        room.check(5);
        assertThat(percent()).isEqualTo("70");
        room.check(5);
        assertThat(percent()).isEqualTo("70");
        room.check(6);
        assertThat(percent()).isEqualTo("70");
    }

    @Test
    void isSmallWithoutCollectionsUntilThereIsOne() {
        room.check(5);
        room.check(5);
        room.check(5);
        assertThat(percent()).isEqualTo("40");
        room.check(5);
        assertThat(percent()).isEqualTo("40");
        room.check(6);
        assertThat(percent()).isEqualTo("70");
    }

    @Test
    void isLargeAsSoonAsItIsFollowed() {
        jvm.setVMOption(HeapRoom.OPTION, "40");
        var vertx = Vertx.vertx();

        HeapRoom.follow(vertx);

        assertThat(percent()).isEqualTo("70");
        vertx.close().await();
    }

    private String percent() {
        return jvm.getVMOption(HeapRoom.OPTION).getValue();
    }
}
