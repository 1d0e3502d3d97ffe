package io.avatarservice.server.api;

import io.avatarservice.server.driver.DriverDescription;
import io.avatarservice.server.driver.DriverRegistry;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.boot.actuate.health.AbstractHealthIndicator;
import org.springframework.boot.actuate.health.Health;
import org.springframework.stereotype.Component;

/** Which drivers can render, and what the others lack. Down only where none can: a missing engine stops no other. */
@Component
class DriversHealthIndicator extends AbstractHealthIndicator {

    private final DriverRegistry drivers;

    DriversHealthIndicator(DriverRegistry drivers) {
        super("the drivers could not be asked");
        this.drivers = drivers;
    }

    @Override
    protected void doHealthCheck(Health.Builder health) {
        List<DriverDescription> all = drivers.describe();
        health.status(all.stream().anyMatch(DriverDescription::ready) ? "UP" : "DOWN");
        all.forEach(driver -> health.withDetail(driver.name(), details(driver)));
    }

    private static Map<String, Object> details(DriverDescription driver) {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("ready", driver.ready());
        if (driver.ready()) {
            details.put("device", driver.device());
        } else {
            details.put("missing", driver.missing());
        }
        return details;
    }
}
