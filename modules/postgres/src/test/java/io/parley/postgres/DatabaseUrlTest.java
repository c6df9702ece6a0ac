package io.parley.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseUrlTest {
    @Test
    void readsEveryPart() {
        var url =
                DatabaseUrl.parse("postgres://us%40er:p%3Aa%2Fss+word@db_1.example.org:6543/chat%20s?sslmode=require");

        assertThat(url.user()).isEqualTo("us@er");
        assertThat(url.password().value()).isEqualTo("p:a/ss+word");
        assertThat(url.host()).isEqualTo("db_1.example.org");
        assertThat(url.port()).isEqualTo(6543);
        assertThat(url.database()).isEqualTo("chat s");
        assertThat(url.tls()).isEqualTo(TlsMode.REQUIRE);
        assertThat(url.jdbcUrl()).startsWith("jdbc:postgresql://db_1.example.org:6543/chat%20s?sslmode=require");
    }

    @Test
    void hasTheDefaultsOfLibpq() {
        var url = DatabaseUrl.parse("postgresql://ada@[::1]/parley");

        assertThat(url.port()).isEqualTo(5432);
        assertThat(url.host()).isEqualTo("::1");
        assertThat(url.password().value()).isEmpty();
        assertThat(url.tls()).isEqualTo(TlsMode.PREFER);
        assertThat(url.jdbcUrl()).startsWith("jdbc:postgresql://[::1]:5432/parley?");
    }

    @Test
    void printsNoPassword() {
        assertThat(DatabaseUrl.parse("postgresql://ada:lovelace@host/parley"))
                .hasToString("postgresql://ada@host:5432/parley?sslmode=prefer");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "lovelace",
                "mysql://ada:lovelace@host/parley",
                "postgresql://ada:lovelace@host",
                "postgresql://ada:lovelace@host/",
                "postgresql://ada:lovelace/s@host/parley",
                "postgresql://ada:lovelace@s@host/parley",
                "postgresql://ada:lovelace%zz@host/parley",
                "postgresql://ada:lovelace@host:0/parley",
                "postgresql://ada:lovelace@host:65536/parley",
                "postgresql://ada:lovelace@host:99999999999/parley",
                "postgresql://ada:lovelace@host,other/parley",
                "postgresql://ada:lovelace@host/parley?sslmode=lovelace",
                "postgresql://ada:lovelace@host/parley?sslmode",
                "postgresql://ada:lovelace@host/parley?sslmode=disable&sslmode=require",
                "postgresql://ada:lovelace@host/parley?lovelace=1",
                "postgresql://ada:lovelace@host/parley?sslmode=verify-full",
                "postgresql://ada:lovelace@host/parley?sslmode=require&sslrootcert=lovelace.pem",
                "postgresql://ada:lovelace@host/parley?sslmode=verify-ca&sslrootcert=/no/such/lovelace.pem"
            })
    void refusesAnythingElseWithoutRepeatingIt(String url) {
        assertThatThrownBy(() -> DatabaseUrl.parse(url))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("lovelace")
                .hasNoCause();
    }
}
