package io.avatarservice.server;

import org.springframework.boot.autoconfigure.SpringBootApplication;

/** The rendering server as a Spring application; the command {@code serve} runs it. */
@SpringBootApplication(proxyBeanMethods = false)
public class ServerApplication {}
