# Change the server. Goes into the VCL of the site, before its own vcl_recv and vcl_backend_response. Varnish speaks plain
# HTTP: .host and .port are those of Rejoinder behind its proxy, or of the proxy where that answers without TLS.
backend talk {
    .host = "talk.example";
    .port = "80";
    .connect_timeout = 1s;
    .first_byte_timeout = 2s;
}

sub vcl_recv {
    if (req.url ~ "^/rejoinder/") {
        if (req.esi_level == 0) {
            return (synth(404));
        }
        set req.backend_hint = talk;
        set req.http.Host = "talk.example";
        set req.url = regsub(req.url, "^/rejoinder/", "/embed/included/");
        unset req.http.Cookie;
        return (hash);
    }
}

sub vcl_backend_response {
    if (bereq.url ~ "^/embed/included/") {
        if (beresp.status != 200) {
            return (error(503));
        }
    } elsif (beresp.http.Content-Type ~ "^text/html") {
        set beresp.do_esi = true;
    }
}

sub vcl_backend_error {
    if (bereq.url ~ "^/embed/included/") {
        # The page goes without the comments, and asks again after some seconds.
        set beresp.ttl = 5s;
        synthetic("");
        return (deliver);
    }
}
