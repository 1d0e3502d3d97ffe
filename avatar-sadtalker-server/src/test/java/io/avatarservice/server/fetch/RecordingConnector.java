package io.avatarservice.server.fetch;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import reactor.netty.http.client.HttpClient;

/** Sees every address that a socket is told to connect to. Lets none out of this machine. */
final class RecordingConnector {

    private final List<InetSocketAddress> attempts = new CopyOnWriteArrayList<>();

    HttpClient client() {
        return HttpClient.newConnection().doOnChannelInit((observer, channel, address) -> record(channel));
    }

    /** Addresses in the order of the attempts. */
    List<InetSocketAddress> attempts() {
        return List.copyOf(attempts);
    }

    private void record(Channel channel) {
        channel.pipeline().addFirst(new ChannelOutboundHandlerAdapter() {
            @Override
            public void connect(
                    ChannelHandlerContext context, SocketAddress remote, SocketAddress local, ChannelPromise promise)
                    throws Exception {
                InetSocketAddress address = (InetSocketAddress) remote;
                attempts.add(address);
                if (address.getAddress().isLoopbackAddress()) {
                    super.connect(context, remote, local, promise);
                } else {
                    promise.setFailure(new ConnectException("tests stay on this machine"));
                }
            }
        });
    }
}
