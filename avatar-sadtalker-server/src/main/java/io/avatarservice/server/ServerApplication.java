package io.avatarservice.server;

import org.springframework.boot.autoconfigure.SpringBootApplication;

/** The REST server. */
@SpringBootApplication
public class ServerApplication {}
