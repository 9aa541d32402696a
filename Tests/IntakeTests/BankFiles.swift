/// Made-up files in the shape of a retail bank's exports, for which `Docs/mappings` has the mappings.
enum BankFiles {
    static let complaints = """
        date_received,product,sub_product,issue,submitted_via,date_sent_to_company,company_response_to_consumer,\
        timely_response,complaint_id,client_id
        05-01-2031,Savings,Current account,"Opening, closing, or changes",Email,09-01-2031,Closed with explanation,Yes,ZZ0001,71
        06-01-2031,Store card,Loan,Late fee,Postal mail,06-01-2031,Closed,Yes,ZZ0002,72
        07-01-2031,Store card,Loan,Late fee,Web,08-01-2031,In progress,Yes,ZZ0003,73
        08-01-2031,Store card,Loan,Late fee,Phone,01-01-2031,Closed with relief,No,ZZ0004,74
        31-02-2031,Store card,Loan,Late fee,Fax,01-03-2031,Closed with relief,No,ZZ0005,75
        09-01-2031,Store card,Loan,Late fee,Pigeon,10-01-2031,Untimely response,No,ZZ0006,76

        """

    static let calls = """
        date_received,complaint_id,rand_client,vru_line,call_id,priority,type,outcome,server,ser_start,ser_exit,ser_time,\
        year,month,day,weekday,service_seconds,start_hour,service_outlier,agent_handled
        2031-01-10,ZZ0001,71.0,XX1,501.0,0.0,NW,Agent,MARGIT,1900-01-01 13:34:11,1900-01-01 13:40:23,0 days 00:06:12,\
        2031,1,10,Friday,372.0,13,False,1
        2031-01-11,NO_COMPLAINT,-1.0,XX1,502.0,0.0,PS,Hang,NO_SERVER,1900-01-01 09:00:00,1900-01-01 09:00:04,\
        0 days 00:00:04,2031,1,11,Saturday,4.0,9,False,0
        2031-01-12,NO_COMPLAINT,-1.0,Unknown,-1.0,-1.0,Unknown,Unknown,Unknown,1900-01-01 09:00:00,1900-01-01 09:00:00,\
        0 days 00:00:00,2031,1,12,Sunday,0.0,9,False,0
        2031-01-13,ZZ0002,72.5,XX1,503.0,0.0,PS,Agent,MARGIT,1900-01-01 09:00:00,1900-01-01 09:01:00,0 days 00:01:00,\
        2031,1,13,Monday,60.0,9,False,1

        """
}
