package io.avatarservice.server.operations;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * What counts as healthy.
 *
 * @param diskReserve Free space of a disk below which the server reports itself as degraded.
 */
@ConfigurationProperties("avatar.health")
record OperationsProperties(@DefaultValue("1GB") DataSize diskReserve) {}
