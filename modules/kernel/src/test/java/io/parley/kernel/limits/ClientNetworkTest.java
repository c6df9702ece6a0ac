package io.parley.kernel.limits;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClientNetworkTest {
    @ParameterizedTest
    @CsvSource({
        "192.0.2.1, 192.0.2.1",
        "::ffff:192.0.2.1, 192.0.2.1",
        "2001:db8:1:2:3:4:5:6, 2001:db8:1:2:0:0:0:0/64",
        "2001:db8:1:2::ffff, 2001:db8:1:2:0:0:0:0/64",
        "2001:DB8:1:3::1, 2001:db8:1:3:0:0:0:0/64",
        "::1, 0:0:0:0:0:0:0:0/64",
        "fe80::1%eth0, fe80:0:0:0:0:0:0:0/64",
        "not:an:address, not:an:address"
    })
    void countsAddressesTogether(String ip, String network) {
        assertThat(ClientNetwork.of(ip)).isEqualTo(new ClientNetwork(network));
    }

    @Test
    void countsClientsWithoutAnAddressTogether() {
        assertThat(ClientNetwork.of(null))
                .isEqualTo(ClientNetwork.of(null))
                .isNotEqualTo(ClientNetwork.of("192.0.2.1"));
    }
}
