package io.avatarservice.server.api;

import io.avatarservice.server.driver.DriverDescription;
import io.avatarservice.server.driver.DriverRegistry;
import io.avatarservice.server.storage.VideoStore;
import java.net.InetAddress;
import java.net.URI;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.web.context.WebServerInitializedEvent;
import org.springframework.boot.web.server.Ssl;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.web.util.UriComponentsBuilder;

/** Says in the log, once the server listens, where it is, what renders, and where the videos go. */
@Component
class StartReport {

    private static final Logger log = LoggerFactory.getLogger(StartReport.class);

    private final DriverRegistry drivers;
    private final VideoStore videos;
    private final ServerProperties properties;
    private final org.springframework.boot.autoconfigure.web.ServerProperties web;

    StartReport(
            DriverRegistry drivers,
            VideoStore videos,
            ServerProperties properties,
            org.springframework.boot.autoconfigure.web.ServerProperties web) {
        this.drivers = drivers;
        this.videos = videos;
        this.properties = properties;
        this.web = web;
    }

    @EventListener
    void listening(WebServerInitializedEvent event) {
        // the actuator may have a web server of its own, on another port
        if (event.getApplicationContext().getServerNamespace() == null) {
            log.info(
                    "Serving {}; {}; videos go to {}",
                    address(event.getWebServer().getPort()),
                    drivers.describe().stream().map(StartReport::readiness).collect(Collectors.joining(", ")),
                    videos.location());
        }
    }

    private URI address(int port) {
        if (properties.publicUrl() != null) {
            return properties.publicUrl();
        }
        InetAddress address = web.getAddress();
        return UriComponentsBuilder.newInstance()
                .scheme(Ssl.isEnabled(web.getSsl()) ? "https" : "http")
                .host(address == null || address.isAnyLocalAddress() ? "localhost" : address.getHostAddress())
                .port(port)
                .build()
                .toUri();
    }

    private static String readiness(DriverDescription driver) {
        return "driver %s %s"
                .formatted(
                        driver.name(),
                        driver.ready()
                                ? "is ready on " + driver.device()
                                : "misses " + String.join(" and ", driver.missing()));
    }
}
