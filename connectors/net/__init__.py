"""What holds this process to the list of exits (`connectors.net.network_allowlist`), part by part.

deadline           a limit for the whole of an answer, however steadily its bytes drip
refusals           what is said when something is refused
libraries          code in C, whose sockets are not seen
responses          what a service answers, read by its form or not at all
sockets            sockets: of our class
retries            what is tried again, how often and after how long
http               one way out: a list of exits
starts             which programs a process behind the net may start
network_allowlist  one list of exits, and a net under everything
"""
