package io.parley.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What the app costs a browser that has nothing of it yet. Times are reported only, since they are those of the machine. */
@ExtendWith(AppExtension.class)
class FirstLoadIT {
    private static final int MOST_KILOBYTES = 150;
    private static final int MOST_REQUESTS = 15;
    // With those that ask the API for the data of the page.
    private static final int MOST_REQUESTS_SIGNED_IN = 40;

    @Test
    void isSmallForSomebodyNew(Visitor ada) {
        ada.page.navigate("/");
        assertThat(ada.button("Create an account")).isVisible();
        hold("Signed out", PageLoad.of(ada.page), MOST_REQUESTS);
    }

    @Test
    void isSmallForSomebodySignedIn(Visitor ada) {
        ada.registered();
        ada.page.navigate(ada.conversation("assistant", "Where were we?"));
        var message = new Page.GetByRoleOptions().setName("Assistant");
        assertThat(ada.page.getByRole(AriaRole.ARTICLE, message)).isVisible();

        var signedIn = new NewContextOptions().setStorageState(ada.context.storageState());
        try (var cold = ada.context.browser().newContext(signedIn)) {
            var page = cold.newPage();
            page.navigate(ada.page.url());
            assertThat(page.getByRole(AriaRole.ARTICLE, message)).isVisible();
            assertThat(page.getByLabel("Message", new Page.GetByLabelOptions().setExact(true)))
                    .isEditable();
            hold("Signed in, at a conversation", PageLoad.of(page), MOST_REQUESTS_SIGNED_IN);
        }
    }

    private static void hold(String who, PageLoad load, int mostRequests) {
        System.out.printf(
                "%s: %d requests, %d kB, after %d ms%n", who, load.requests(), load.kilobytes(), load.millis());
        assertThat(load.kilobytes()).isBetween(1, MOST_KILOBYTES);
        assertThat(load.requests()).isBetween(1, mostRequests);
    }
}
